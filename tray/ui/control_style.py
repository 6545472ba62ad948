"""Draws buttons, fields, boxes and bars from the theme, in place of Fusion's gradients."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QPlainTextEdit,
    QProxyStyle,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QToolButton,
    QWidget,
)

from tray.ui import button_label, scroll_bar_parts
from tray.ui.scroll_bar_parts import BAR, SHORTEST
from tray.ui.theme import CONTROL_HEIGHT, RADIUS, RING, UNIT, Theme, mixed, theme

_BOX: Final = 2 * UNIT
_ROUND_BOX: Final = UNIT // 2
_SWITCH: Final = QSize(4 * UNIT, 5 * UNIT // 2)
_ROOM: Final = RING + 1
"""Around a box or switch, for the ring of the focus."""
_INSET: Final = UNIT // 2
"""Between the border of a field and what Qt puts into it."""
_ARROW: Final = UNIT
_SIDE: Final = 2 * UNIT
"""Left and right of the text of a button."""

_State = QStyle.StateFlag
_Element = QStyle.PrimitiveElement
_SUB: Final = QStyle.SubControl
_HIGH: Final = frozenset(
    {
        QStyle.ContentsType.CT_PushButton,
        QStyle.ContentsType.CT_ComboBox,
        QStyle.ContentsType.CT_LineEdit,
        QStyle.ContentsType.CT_SpinBox,
    }
)
_EDITED: Final = {
    QStyle.ComplexControl.CC_ComboBox: (_SUB.SC_ComboBoxEditField,),
    QStyle.ComplexControl.CC_SpinBox: (_SUB.SC_SpinBoxEditField,),
}
"""Where what is typed or chosen stands."""
_OF_SWITCH: Final = {
    QStyle.PixelMetric.PM_IndicatorWidth: _SWITCH.width() + 2 * _ROOM,
    QStyle.PixelMetric.PM_IndicatorHeight: _SWITCH.height() + 2 * _ROOM,
}
_RINGED: Final = (QCheckBox, QPushButton, QRadioButton)
"""What shows the focus with its own edge."""
_METRICS: Final = {
    QStyle.PixelMetric.PM_ScrollBarExtent: BAR,
    QStyle.PixelMetric.PM_ScrollView_ScrollBarOverlap: BAR,
    QStyle.PixelMetric.PM_ScrollBarSliderMin: SHORTEST,
    QStyle.PixelMetric.PM_IndicatorWidth: _BOX + 2 * _ROOM,
    QStyle.PixelMetric.PM_IndicatorHeight: _BOX + 2 * _ROOM,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: _BOX + 2 * _ROOM,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: _BOX + 2 * _ROOM,
    QStyle.PixelMetric.PM_ButtonShiftHorizontal: 0,
    QStyle.PixelMetric.PM_ButtonShiftVertical: 0,
}


class ControlStyle(QProxyStyle):
    """Fusion, with the controls drawn flat: hairlines, round corners, and a ring for the focus."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._primitives: dict[QStyle.PrimitiveElement, _Draw] = {
            _Element.PE_PanelButtonCommand: _button,
            _Element.PE_PanelButtonTool: _tool_button,
            _Element.PE_FrameDefaultButton: _nothing,
            _Element.PE_Frame: _frame,
            _Element.PE_PanelLineEdit: _line_edit,
            _Element.PE_FrameLineEdit: _line_edit_frame,
            _Element.PE_IndicatorCheckBox: _check_box,
            _Element.PE_IndicatorRadioButton: _radio_button,
            _Element.PE_IndicatorArrowDown: _arrow,
        }

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._primitives.get(element)
        if element is _Element.PE_FrameFocusRect:
            if isinstance(widget, QToolButton):
                option.rect = widget.rect()  # Fusion's is within it, over the text
            draw = _nothing if isinstance(widget, _RINGED) else _focus
        elif element is _Element.PE_IndicatorCheckBox and _is_switch(widget):
            draw = _switch
        elif element is _Element.PE_Frame and isinstance(widget, QPlainTextEdit):
            draw = _field
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, option, theme(option.palette))
        painter.restore()

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is QStyle.ControlElement.CE_PushButtonLabel and _is_filled(option):
            option = _on_accent(option)
        if (
            element is QStyle.ControlElement.CE_PushButtonLabel
            and isinstance(option, QStyleOptionButton)
            and button_label.is_signed(option)
        ):
            button_label.draw(painter, option)
            return
        if element is QStyle.ControlElement.CE_MenuItem and option.state & _State.State_Selected:
            option = _chosen_row(painter, option)
        super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control is QStyle.ComplexControl.CC_ScrollBar:
            self._scroll_bar(option, painter, widget)
        elif control is QStyle.ComplexControl.CC_ComboBox:
            self._combo_box(option, painter, widget)
        elif control is QStyle.ComplexControl.CC_SpinBox:
            self._spin_box(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _scroll_bar(
        self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None
    ) -> None:
        if not isinstance(option, QStyleOptionSlider) or option.minimum == option.maximum:
            return
        look = theme(option.palette)
        handle = self.subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, _SUB.SC_ScrollBarSlider, widget
        )
        pressed = option.activeSubControls & _SUB.SC_ScrollBarSlider
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.subdued if pressed else look.border)
        radius = BAR / 2 - 1
        painter.drawRoundedRect(QRectF(handle).adjusted(1, 1, -1, -1), radius, radius)
        painter.restore()

    def _combo_box(
        self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None
    ) -> None:
        arrow = self.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, _SUB.SC_ComboBoxArrow, widget
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme(option.palette)
        _field(painter, option, look, hover=True)
        _chevron(painter, QRectF(arrow), look.subdued)
        painter.restore()

    def _spin_box(
        self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme(option.palette)
        if not isinstance(option, QStyleOptionSpinBox) or option.frame:
            _field(painter, option, look)
        if option.subControls & _SUB.SC_SpinBoxUp:
            right = option.direction is Qt.LayoutDirection.RightToLeft
            for part, up in ((_SUB.SC_SpinBoxUp, True), (_SUB.SC_SpinBoxDown, False)):
                area = self.subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, widget)
                on = option.activeSubControls & part and option.state & _State.State_MouseOver
                place = QRectF(area).translated(_INSET if right else -_INSET, 0)
                _chevron(painter, place, look.text if on else look.subdued, up=up)
        painter.restore()

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control is QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return scroll_bar_parts.place_of(option, part)
        area = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # Qt takes none
        if part in _EDITED.get(control, ()):
            area.adjust(_INSET, 2 * RING, 0, -2 * RING)
        return area

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        area = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # Qt takes none
        if element is QStyle.SubElement.SE_LineEditContents and not _frameless(option):
            area.adjust(_INSET, 0, -_INSET, 0)
        return area

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        result = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # Qt takes none
        if kind in _HIGH and not _frameless(option):
            text = option.fontMetrics.height() + 4 * RING + 2
            result.setHeight(max(result.height(), text, CONTROL_HEIGHT))
            result.setWidth(result.width() + 2 * _INSET)
        if kind is QStyle.ContentsType.CT_PushButton:
            more = button_label.extra_width(option) if isinstance(option, QStyleOptionButton) else 0
            result.setWidth(max(result.width(), size.width() + more + 2 * _SIDE))
        return result

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if _is_switch(widget) and metric in _OF_SWITCH:
            return _OF_SWITCH[metric]
        if metric is QStyle.PixelMetric.PM_ScrollBarExtent and isinstance(widget, QScrollBar):
            # It is drawn over the content, and asks for its width before that. This is no `polish`,
            # for which PySide6 would load all classes of widgets, to know what it is given.
            widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_ComboBox_Popup:
            return 0  # a list below the field, not a menu over it
        return super().styleHint(hint, option, widget, returned)


_Draw = Callable[[QPainter, QStyleOption, Theme], None]


def _frameless(option: QStyleOption) -> bool:
    return isinstance(option, QStyleOptionFrame) and not option.lineWidth


def _is_switch(widget: QWidget | None) -> bool:
    """A box without words stands beside a label and is on or off: a switch."""
    return isinstance(widget, QCheckBox) and not widget.text()


def _is_filled(option: QStyleOption) -> bool:
    """Whether this is the one button of its window that Enter presses."""
    enabled = bool(option.state & _State.State_Enabled)
    return enabled and _is(option, "DefaultButton") and not _is(option, "Flat")


def _on_accent(option: QStyleOption) -> QStyleOption:
    """The same with the text of a filled button."""
    if not isinstance(option, QStyleOptionButton):
        return option
    label, palette = QStyleOptionButton(option), QPalette(option.palette)
    palette.setColor(QPalette.ColorRole.ButtonText, theme(palette).on_accent)
    label.palette = palette
    return label


def _chosen_row(painter: QPainter, option: QStyleOption) -> QStyleOption:
    """Draw the ground of the row of a menu that the keys are on; return what else it is."""
    if not isinstance(option, QStyleOptionMenuItem):
        return option
    painter.fillRect(option.rect, theme(option.palette).selected)
    row = QStyleOptionMenuItem(option)
    row.state &= ~_State.State_Selected
    return row


def _inside(option: QStyleOption, width: float = 1) -> QRectF:
    """Where the middle of a line of this width runs, so that it stays within the control."""
    half = width / 2
    return QRectF(option.rect).adjusted(half, half, -half, -half)


def _field(painter: QPainter, option: QStyleOption, look: Theme, *, hover: bool = False) -> None:
    """The ground of a field, with its border, or the ring around it."""
    enabled = bool(option.state & _State.State_Enabled)
    focused = enabled and bool(option.state & _State.State_HasFocus)
    over = hover and enabled and bool(option.state & _State.State_MouseOver)
    painter.setBrush(look.hover if over else look.base)
    width = RING if focused else 1
    painter.setPen(QPen(look.accent if focused else look.border if enabled else look.line, width))
    painter.drawRoundedRect(_inside(option, width), RADIUS, RADIUS)


def _nothing(_: QPainter, __: QStyleOption, ___: Theme) -> None:
    """Something that Fusion draws, and the theme does not."""


def _button(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    state = option.state
    down = bool(state & (_State.State_Sunken | _State.State_On))
    over = bool(state & _State.State_Enabled and state & _State.State_MouseOver)
    if _is_filled(option):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(look.text, look.accent, 0.2 if down else 0.1 if over else 0))
        painter.drawRoundedRect(option.rect, RADIUS, RADIUS)
    elif down or over or not _is(option, "Flat"):
        on = bool(state & _State.State_On)
        edge = look.border if state & _State.State_Enabled else look.line
        edge = look.accent if on else edge
        painter.setPen(Qt.PenStyle.NoPen if _is(option, "Flat") else QPen(edge, 1))
        ground = look.selected if on else _pressed(look)
        painter.setBrush(ground if down else look.hover if over else look.base)
        painter.drawRoundedRect(_inside(option), RADIUS, RADIUS)
    if state & _State.State_HasFocus:
        _button_ring(painter, option, look)


def _button_ring(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    """Around the button; on one that is filled with the accent, within it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not _is_filled(option):
        painter.setPen(QPen(look.accent, RING))
        painter.drawRoundedRect(_inside(option, RING), RADIUS - 1, RADIUS - 1)
        return
    painter.setPen(QPen(look.on_accent, 1.5))
    painter.drawRoundedRect(_inside(option, 3 * RING), RADIUS - RING, RADIUS - RING)


def _tool_button(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    state = option.state
    down = bool(state & (_State.State_Sunken | _State.State_On))
    over = bool(state & _State.State_Enabled and state & _State.State_MouseOver)
    flat = bool(state & _State.State_AutoRaise)
    if flat and not (down or over):
        return
    on = bool(state & _State.State_On)
    edge = look.accent if on else look.border
    painter.setPen(Qt.PenStyle.NoPen if flat else QPen(edge, 1))
    ground = look.selected if on else _pressed(look)
    painter.setBrush(ground if down else look.hover if over else look.base)
    painter.drawRoundedRect(_inside(option), RADIUS, RADIUS)


def _pressed(look: Theme) -> QColor:
    return mixed(look.text, look.base, 0.16)


def _is(option: QStyleOption, feature: str) -> bool:
    return isinstance(option, QStyleOptionButton) and bool(
        option.features & QStyleOptionButton.ButtonFeature[feature]
    )


def _focus(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.accent, RING))
    painter.drawRoundedRect(_inside(option, RING), RADIUS, RADIUS)


def _line_edit(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    if _frameless(option):
        painter.fillRect(option.rect, option.palette.base())
    else:
        _field(painter, option, look)


def _line_edit_frame(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    if not _frameless(option):
        _field(painter, option, look)


def _frame(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.line, 1))
    painter.drawRect(_inside(option))


def _marked(painter: QPainter, option: QStyleOption, look: Theme, radius: float) -> QRectF:
    """Where a box or switch is drawn; its ring is around it, and pen and brush are ready."""
    room = max(0, min(_ROOM, (option.rect.height() - _BOX) // 2))
    area = QRectF(option.rect).adjusted(room, room, -room, -room)
    state = option.state
    if state & _State.State_HasFocus:
        ring = _inside(option, RING)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.accent, RING))
        painter.drawRoundedRect(ring, radius + RING, radius + RING)
    fill = look.accent if state & _State.State_Enabled else look.border
    on = bool(state & (_State.State_On | _State.State_NoChange))
    painter.setPen(QPen(fill if on else look.border, 1))
    painter.setBrush(fill if on else look.base)
    return area.adjusted(0.5, 0.5, -0.5, -0.5)


def _check_box(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    area = _marked(painter, option, look, _ROUND_BOX)
    painter.drawRoundedRect(area, _ROUND_BOX, _ROUND_BOX)
    if not option.state & (_State.State_On | _State.State_NoChange):
        return
    part = bool(option.state & _State.State_NoChange)
    points = ((0.25, 0.5), (0.75, 0.5)) if part else ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
    painter.setPen(_stroke(look.on_accent if option.state & _State.State_Enabled else look.base))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        [QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in points]
    )


def _switch(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    area = _marked(painter, option, look, _SWITCH.height() / 2)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    on = bool(option.state & _State.State_On)
    enabled = bool(option.state & _State.State_Enabled)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush((look.on_accent if enabled else look.base) if on else look.border)
    radius = area.height() / 2 - 3
    right = on is (option.direction is Qt.LayoutDirection.LeftToRight)
    x = area.right() - area.height() / 2 if right else area.left() + area.height() / 2
    painter.drawEllipse(QPointF(x, area.center().y()), radius, radius)


def _radio_button(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    area = _marked(painter, option, look, _BOX / 2)
    painter.drawEllipse(area)
    if option.state & _State.State_On:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.on_accent if option.state & _State.State_Enabled else look.base)
        painter.drawEllipse(area.center(), UNIT / 2 - 1, UNIT / 2 - 1)


def _stroke(colour: QColor) -> QPen:
    round_cap = Qt.PenCapStyle.RoundCap
    return QPen(colour, 1.5, Qt.PenStyle.SolidLine, round_cap, Qt.PenJoinStyle.RoundJoin)


def _arrow(painter: QPainter, option: QStyleOption, look: Theme) -> None:
    _chevron(painter, QRectF(option.rect), look.subdued)


def _chevron(painter: QPainter, area: QRectF, colour: QColor, *, up: bool = False) -> None:
    """An arrow head in the middle of `area`."""
    centre, half = area.center(), min(_ARROW, area.height()) / 2 - 0.5
    rise = half / 2 if up else -half / 2
    path = QPainterPath(QPointF(centre.x() - half, centre.y() + rise))
    path.lineTo(centre.x(), centre.y() - rise)
    path.lineTo(centre.x() + half, centre.y() + rise)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_stroke(colour))
    painter.drawPath(path)
