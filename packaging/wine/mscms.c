/* Stands in for Windows' mscms.dll under Wine 8, which lacks WcsCreateIccProfile, which Qt >=6.8's screen enumeration calls; it is never shipped. */
#include <windows.h>
#define X __declspec(dllexport)
X BOOL WINAPI GetColorProfileFromHandle(HANDLE h, PBYTE b, PDWORD n){ if(n)*n=0; return FALSE; }
X BOOL WINAPI CloseColorProfile(HANDLE h){ return TRUE; }
X HANDLE WINAPI WcsCreateIccProfile(HANDLE h, DWORD o){ return NULL; }
X HANDLE WINAPI OpenColorProfileW(void* p, DWORD a, DWORD s, DWORD c){ return NULL; }
