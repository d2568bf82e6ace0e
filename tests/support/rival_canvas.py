"""The yardstick for mass printing: a plain page on a ReportLab canvas, background drawn once, QR mask fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from casemgr.assets import resource

_EDGES = (57, 87, 227, 297, 352, 452, 539)
_HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ", "Số định danh")
_RELATIONS = ("Chủ hộ", "Vợ", "Con đẻ", "Con đẻ", "Mẹ đẻ", "Cháu nội")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Đỗ", "Thạch", "Kim")
_MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "Minh", "Thanh")
_GIVEN = ("Ánh", "Bình", "Cường", "Đức", "Hường", "Khánh", "Mỹ", "Quỳnh", "Thảo", "Út", "Yến", "Ẩn")


@dataclass(frozen=True)
class Sheet:
    """What varies from page to page."""

    number: str
    place: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signatory: str
    code: str


def sheet(seed: int) -> Sheet:
    """An invented page: twelve lines, six people, a code of 56 characters."""
    random = Random(seed)  # noqa: S311 - invented data

    def name() -> str:
        return f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"

    def identity() -> str:
        return f"0{random.randrange(10**10, 10**11)}"

    head = name()
    rows = tuple(
        (
            str(order + 1),
            name() if order else head,
            f"{random.randrange(1, 29):02d}/{random.randrange(1, 13):02d}/{1950 + random.randrange(70)}",
            random.choice(("Nam", "Nữ")),
            relation,
            identity(),
        )
        for order, relation in enumerate(_RELATIONS)
    )
    lines = (
        "Chủ tịch Ủy ban nhân dân xã Hưng Khánh Trung chứng nhận hộ gia đình sau đây:",
        f"1. Họ và tên chủ hộ: {head}. Giới tính: {rows[0][3]}. Dân tộc: Kinh.",
        f"2. Ngày, tháng, năm sinh: {rows[0][2]}. Số định danh cá nhân: {rows[0][5]}.",
        "3. Nơi thường trú: ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long.",
        "4. Nơi ở hiện tại: ấp Phú Nhơn, xã Hưng Khánh Trung, tỉnh Vĩnh Long.",
        f"5. Kết quả rà soát: điểm B1 = {random.randrange(50, 140)} điểm; điểm B2 = {random.randrange(10, 60)} điểm.",
        "6. Thuộc diện: HỘ NGHÈO theo chuẩn nghèo đa chiều giai đoạn 2022 - 2025,",
        "thiếu hụt các dịch vụ xã hội cơ bản: việc làm, y tế, giáo dục, nhà ở, nước sạch.",
        "7. Giấy này có giá trị kể từ ngày 05/03/2026 đến hết ngày 31/12/2026.",
        "8. Hộ gia đình được hưởng các chính sách hỗ trợ theo quy định của pháp luật hiện hành,",
        "kể cả bảo hiểm y tế, miễn giảm học phí và vay vốn ưu đãi (tối đa 100.000.000 đồng).",
        "9. Danh sách thành viên trong hộ gia đình gồm có:",
    )
    code = f"https://giay.invalid/v?c={seed:06d}&h={random.getrandbits(96):024x}"
    return Sheet(f"{seed:06d}/GCN-HN.HCN", "Hưng Khánh Trung, ngày 05 tháng 3 năm 2026", lines, rows, name(), code)


def _background(canvas: Canvas) -> None:
    canvas.setFont("RB", 12)
    canvas.drawCentredString(160, 780, "ỦY BAN NHÂN DÂN")
    canvas.line(130, 760, 190, 760)
    canvas.drawCentredString(410, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.setFont("RB", 13)
    canvas.drawCentredString(410, 764, "Độc lập - Tự do - Hạnh phúc")
    canvas.line(325, 759, 495, 759)
    canvas.setFont("RB", 18)
    canvas.drawCentredString(A4[0] / 2, 700, "GIẤY CHỨNG NHẬN")
    canvas.setFont("RB", 14)
    canvas.drawCentredString(A4[0] / 2, 680, "Hộ nghèo, hộ cận nghèo")
    for line in range(8):
        canvas.line(_EDGES[0], 440 - 18 * line, _EDGES[-1], 440 - 18 * line)
    for edge in _EDGES:
        canvas.line(edge, 440, edge, 314)
    canvas.setFont("RB", 11)
    for left, right, heading in zip(_EDGES, _EDGES[1:], _HEADINGS, strict=False):
        canvas.drawCentredString((left + right) / 2, 427, heading)
    canvas.setFont("RB", 12)
    canvas.drawCentredString(420, 290, "TM. ỦY BAN NHÂN DÂN")
    canvas.drawCentredString(420, 275, "CHỦ TỊCH")
    canvas.setFont("RI", 12)
    canvas.drawCentredString(420, 260, "(Ký tên, đóng dấu)")


def _code(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    rows = [list(row) for row in segno.make(text, error="m", micro=False, boost_error=False, mask=3).matrix]
    unit = side / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows, 1):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                path.rect(x + start * unit, y + side - number * unit, (end - start) * unit, unit)
            start = end + 1
    canvas.drawPath(path, stroke=0, fill=1)


def _page(canvas: Canvas, page: Sheet) -> None:
    canvas.doForm("background")
    canvas.setFont("RB", 12)
    canvas.drawCentredString(160, 764, "XÃ HƯNG KHÁNH TRUNG")
    canvas.setFont("RR", 12)
    canvas.drawCentredString(160, 742, f"Số: {page.number}")
    canvas.setFont("RI", 13)
    canvas.drawCentredString(410, 742, page.place)
    text = canvas.beginText(57, 645)
    text.setFont("RR", 12.5)
    text.setLeading(16.5)
    for line in page.lines:
        text.textLine(line)
    canvas.drawText(text)
    canvas.setFont("RR", 11)
    for number, row in enumerate(page.rows, 1):
        for column, value in enumerate(row):
            y = 427 - 18 * number
            if column in (1, 4):
                canvas.drawString(_EDGES[column] + 4, y, value)
            else:
                canvas.drawCentredString((_EDGES[column] + _EDGES[column + 1]) / 2, y, value)
    canvas.setFont("RB", 13)
    canvas.drawCentredString(420, 180, page.signatory)
    _code(canvas, page.code, 70, 170, 90)
    canvas.setFont("RR", 9)
    canvas.drawString(70, 158, f"Mã tra cứu: {page.number}")
    canvas.showPage()


def render(sheets: Sequence[Sheet]) -> bytes:
    """All pages in one file."""
    for name, style in (("RR", "Regular"), ("RB", "Bold"), ("RI", "Italic")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"LiberationSerif-{style}.ttf"))))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=1)
    canvas.beginForm("background")
    _background(canvas)
    canvas.endForm()
    for page in sheets:
        _page(canvas, page)
    canvas.save()
    return buffer.getvalue()
