/* An ICU data library without any data, in place of the 31 MB that Qt's ICU brings for what nothing
   here asks it: sorting by language, names of zones, old encodings. ICU reports each as missing, and
   Qt does without. The layout is that of a "common data" header with no item in it. */
#include <stdint.h>

__attribute__((visibility("default"))) const struct {
    uint16_t header_size;
    uint8_t magic[2];
    uint16_t info_size, reserved;
    uint8_t is_big_endian, charset_family, size_of_char, reserved_too;
    uint8_t format[4], format_version[4], data_version[4];
    uint8_t padding[8];
    uint32_t count, zeros[5];
} ENTRY __attribute__((aligned(16))) = {
    32, {0xda, 0x27}, 20, 0,
    __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__, 0, 2, 0,
    {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0, 0, 0, 0},
    {0}, 0, {0},
};
