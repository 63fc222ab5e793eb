"""The sample documents. Every place, agency, person, number and address in them is invented;
only the laws that the decision is based on are real."""

from __future__ import annotations

import datetime

from .model import BlankPage, Column, Document, Paragraph, SealText, Table
from .pen import SignatureHand

COMMUNE = ("ỦY BAN NHÂN DÂN", "XÃ THANH LƯƠNG HẠ")
PROVINCE = "UBND TỈNH SÔNG THƯƠNG"
COMMUNE_SEAL = SealText("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ", "TỈNH SÔNG THƯƠNG")
CHAIRMAN = "Lương Khắc Thuần"
CHAIRMAN_HAND = SignatureHand(seed=41, waves=4)
DEPUTY = "Trịnh Thị Ngân Hà"
DEPUTY_HAND = SignatureHand(seed=57, waves=3, width_mm=47)


def heading(text: str) -> Paragraph:
    return Paragraph("", lead=text, align="left")


def dash(text: str) -> Paragraph:
    return Paragraph(f"- {text}")


REPORT = Document(
    name="bao-cao-scan",
    note="colour, skew about 0.8 degrees; number and day by pen in printed blanks; seal over title "
    "and name; the table of indicators continues on page 2",
    issuing_lines=COMMUNE,
    number="142",
    symbol="BC-UBND",
    place="Thanh Lương Hạ",
    date=datetime.date(2025, 7, 30),
    number_by_pen=True,
    day_by_pen=True,
    doc_type="Báo cáo",
    subject_lines=(
        "Kết quả cải cách thủ tục hành chính và chuyển đổi số tháng 7,",
        "nhiệm vụ trọng tâm tháng 8 năm 2025",
    ),
    body=(
        Paragraph(
            "Thực hiện Kế hoạch số 18/KH-UBND ngày 08/7/2025 của Ủy ban nhân dân xã về cải cách "
            "thủ tục hành chính và chuyển đổi số sáu tháng cuối năm, Ủy ban nhân dân xã Thanh "
            "Lương Hạ báo cáo kết quả tháng 7 năm 2025 như sau:"
        ),
        heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        Paragraph(
            "Ngay sau khi sắp xếp, Ủy ban nhân dân xã đã kiện toàn Tổ công tác gồm 11 thành viên, "
            "phân công từng thành viên phụ trách 17 thôn. Trong tháng, xã ban hành 09 văn bản chỉ "
            "đạo, tổ chức 02 buổi giao ban và 01 lớp tập huấn cho cán bộ, công chức trực tiếp "
            "tiếp nhận hồ sơ. Bốn kiến nghị của người dân về thời gian chờ đợi đã được trả lời "
            "bằng văn bản, không có kiến nghị quá hạn."
        ),
        heading("II. KẾT QUẢ THỰC HIỆN"),
        heading("1. Tiếp nhận và giải quyết thủ tục hành chính"),
        Paragraph(
            "Từ ngày 01/7/2025 đến ngày 28/7/2025, Trung tâm Phục vụ hành chính công xã tiếp nhận "
            "1.268 hồ sơ, trong đó 1.041 hồ sơ nộp trực tuyến, đạt 82,10%; 227 hồ sơ nộp trực "
            "tiếp hoặc qua bưu chính. Số hồ sơ giải quyết trước hạn và đúng hạn là 1.226 hồ sơ; "
            "04 hồ sơ trễ hạn đều thuộc lĩnh vực đất đai, nguyên nhân là bản đồ địa chính của hai "
            "thôn chưa được chỉnh lý."
        ),
        Paragraph("Kết quả một số chỉ tiêu chủ yếu được tổng hợp tại bảng dưới đây:"),
        Table(
            columns=(
                Column("STT", 12),
                Column("Chỉ tiêu", 66, "left"),
                Column("Đơn vị tính", 24),
                Column("Kế hoạch", 20, "right"),
                Column("Thực hiện", 20, "right"),
                Column("Tỷ lệ %", 20, "right"),
            ),
            rows=(
                ("1", "Hồ sơ thủ tục hành chính tiếp nhận", "Hồ sơ", "1.200", "1.268", "105,67"),
                ("2", "Hồ sơ nộp trực tuyến", "Hồ sơ", "960", "1.041", "108,44"),
                (
                    "3",
                    "Hồ sơ giải quyết trước hạn và đúng hạn, tính cả hồ sơ từ tháng trước chuyển "
                    "sang",
                    "Hồ sơ",
                    "1.230",
                    "1.226",
                    "99,67",
                ),
                ("4", "Kết quả giải quyết được số hóa", "Hồ sơ", "1.200", "1.152", "96,00"),
                ("5", "Cán bộ, công chức có chữ ký số", "Người", "46", "46", "100,00"),
                ("6", "Tổ công nghệ số cộng đồng hoạt động đều", "Tổ", "17", "16", "94,12"),
                ("7", "Hộ kinh doanh dùng hóa đơn điện tử", "Hộ", "85", "62", "72,94"),
                ("8", "Người dân được tập huấn kỹ năng số", "Lượt người", "500", "437", "87,40"),
                ("9", "Trường học thu phí không dùng tiền mặt", "Trường", "08", "08", "100,00"),
                ("10", "Phí, lệ phí nộp qua dịch vụ công", "Triệu đồng", "350", "412,5", "117,86"),
            ),
        ),
        heading("2. Hạ tầng số và an toàn thông tin"),
        Paragraph(
            "Toàn xã có 23 điểm phát sóng di động, 100% nhà văn hóa thôn có đường truyền cáp "
            "quang. Phòng họp trực tuyến kết nối ổn định với tỉnh, trong tháng phục vụ 06 cuộc "
            "họp với trên 180 lượt đại biểu. Toàn bộ 52 máy tính của cơ quan đã cài phần mềm "
            "phòng, chống mã độc; 03 máy cấu hình thấp được đề nghị thay thế, kinh phí dự kiến "
            "khoảng 54 triệu đồng."
        ),
        heading("3. Tuyên truyền, hướng dẫn người dân"),
        Paragraph(
            "Đài truyền thanh xã phát 24 tin, bài. Tổ công nghệ số cộng đồng của 16/17 thôn đến "
            "tận nhà hướng dẫn 437 lượt người cài đặt và sử dụng ứng dụng dịch vụ công; riêng "
            "thôn Đồng Vải chưa tổ chức được do mưa lũ kéo dài từ ngày 19 đến ngày 23 tháng 7."
        ),
        heading("III. KHÓ KHĂN, HẠN CHẾ"),
        dash(
            "Tỷ lệ hộ kinh doanh dùng hóa đơn điện tử mới đạt 72,94%, thấp hơn kế hoạch 27,06 "
            "điểm phần trăm; nhiều hộ ở chợ phiên còn e ngại chi phí thiết bị."
        ),
        dash(
            "Dữ liệu hộ tịch giai đoạn trước năm 2006 còn 3.415 trang sổ chưa được số hóa, chữ "
            "viết mờ, khó đối chiếu."
        ),
        dash("Đường truyền tại thôn Ngòi Sen hay gián đoạn vào giờ cao điểm."),
        heading("IV. NHIỆM VỤ TRỌNG TÂM THÁNG 8 NĂM 2025"),
        Paragraph(
            "1. Duy trì tỷ lệ hồ sơ nộp trực tuyến trên 80%; không để phát sinh hồ sơ trễ hạn do "
            "nguyên nhân chủ quan."
        ),
        Paragraph(
            "2. Hoàn thành số hóa ít nhất 1.000 trang sổ hộ tịch; mỗi tuần báo cáo tiến độ một "
            "lần vào chiều thứ Sáu."
        ),
        Paragraph(
            "3. Phối hợp với cơ quan thuế hỗ trợ 23 hộ kinh doanh còn lại đăng ký hóa đơn điện tử "
            "trước ngày 25/8/2025."
        ),
        Paragraph(
            "Trên đây là báo cáo kết quả cải cách thủ tục hành chính và chuyển đổi số tháng 7 năm "
            "2025, Ủy ban nhân dân xã Thanh Lương Hạ kính báo cáo./."
        ),
    ),
    signing_lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer_name=DEPUTY,
    recipients=(
        "UBND tỉnh (để b/c)",
        "Sở Khoa học và Công nghệ tỉnh",
        "TT Đảng ủy, TT HĐND xã",
        "CT, các PCT UBND xã",
        "Các phòng, trung tâm thuộc xã",
        "Trưởng 17 thôn (để t/h)",
        "Lưu: VT, VHXH",
    ),
    seal=COMMUNE_SEAL,
    signature=DEPUTY_HAND,
)

OFFICIAL_LETTER = Document(
    name="cong-van-scan",
    note="bilevel CCITT G4 at 200 dpi, seal and pen black; number and day by pen; HỎA TỐC stamp; "
    "skew about -0.6 degrees; salt noise",
    parent_body=PROVINCE,
    issuing_lines=("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"),
    number="3857",
    symbol="SNNMT-TL",
    place="Sông Thương",
    date=datetime.date(2025, 9, 16),
    number_by_pen=True,
    day_by_pen=True,
    doc_type=None,
    subject_lines=("V/v chủ động ứng phó mưa lớn,", "bảo đảm an toàn hồ chứa"),
    urgency="HỎA TỐC",
    addressees=(
        "Ủy ban nhân dân các xã, phường ven sông",
        "Công ty Khai thác thủy lợi Sông Thương",
        "Chi cục Thủy lợi và Phòng, chống thiên tai",
    ),
    body=(
        Paragraph(
            "Theo bản tin của Đài Khí tượng thủy văn tỉnh phát lúc 04 giờ 30 ngày 16/9/2025, từ "
            "chiều nay đến hết ngày 18/9/2025 trên địa bàn tỉnh có mưa to đến rất to, lượng mưa "
            "phổ biến từ 150 mm đến 250 mm, có nơi trên 350 mm. Hiện 14/19 hồ chứa vừa và nhỏ đã "
            "tích nước trên 90% dung tích thiết kế."
        ),
        Paragraph(
            "Để bảo đảm an toàn công trình và tính mạng người dân, Sở Nông nghiệp và Môi trường "
            "đề nghị các đơn vị thực hiện ngay các việc sau:"
        ),
        Paragraph(
            "1. Ủy ban nhân dân các xã, phường ven sông rà soát 62 điểm dân cư thấp trũng, sẵn "
            "sàng di dời 418 hộ trước 20 giờ ngày 16/9/2025; cắm biển cảnh báo và bố trí người "
            "trực tại các ngầm tràn."
        ),
        Paragraph(
            "2. Công ty Khai thác thủy lợi Sông Thương vận hành hạ thấp mực nước hồ Suối Trúc và "
            "hồ Bản Lầy, mỗi hồ giảm ít nhất 0,8 m so với mực nước dâng bình thường, báo trước "
            "cho hạ du tối thiểu 02 giờ."
        ),
        Paragraph(
            "3. Chi cục Thủy lợi và Phòng, chống thiên tai trực ban 24/24 giờ, tổng hợp tình hình "
            "và báo cáo về Sở trước 06 giờ và 16 giờ hằng ngày."
        ),
        Paragraph("Yêu cầu Thủ trưởng các đơn vị nghiêm túc triển khai thực hiện./."),
    ),
    signing_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer_name="Phan Thế Lẫm",
    recipients=(
        "Như trên",
        "UBND tỉnh (để b/c)",
        "Giám đốc, các Phó Giám đốc Sở",
        "Đài Phát thanh tỉnh (để đưa tin)",
        "Lưu: VT, TL (12)",
    ),
    seal=SealText(
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "TỈNH SÔNG THƯƠNG",
        ("SỞ", "NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"),
    ),
    signature=SignatureHand(seed=73, waves=5, width_mm=55),
)

DECISION = Document(
    name="quyet-dinh-scan",
    note="colour, yellowish paper with shading and slight show-through; skew about 1.3 degrees; "
    "number by pen",
    issuing_lines=COMMUNE,
    number="89",
    symbol="QĐ-UBND",
    place="Thanh Lương Hạ",
    date=datetime.date(2025, 8, 6),
    number_by_pen=True,
    doc_type="Quyết định",
    subject_lines=(
        "Về việc thành lập Tổ số hóa tài liệu lưu trữ",
        "của Ủy ban nhân dân xã Thanh Lương Hạ",
    ),
    preamble=Paragraph("", lead="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ", align="centre"),
    body=(
        Paragraph(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            face="italic",
        ),
        Paragraph("Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;", face="italic"),
        Paragraph(
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác "
            "văn thư;",
            face="italic",
        ),
        Paragraph(
            "Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã tại Tờ "
            "trình số 12/TTr-VP ngày 04 tháng 8 năm 2025.",
            face="italic",
        ),
        Paragraph("", lead="QUYẾT ĐỊNH:", align="centre"),
        Paragraph(
            "Thành lập Tổ số hóa tài liệu lưu trữ của Ủy ban nhân dân xã Thanh Lương Hạ (sau đây "
            "gọi là Tổ số hóa) gồm 07 thành viên, do bà Trịnh Thị Ngân Hà, Phó Chủ tịch Ủy ban "
            "nhân dân xã làm Tổ trưởng; ông Đoàn Văn Kỳ, Chánh Văn phòng làm Tổ phó thường trực.",
            lead="Điều 1.",
        ),
        Paragraph("Tổ số hóa có các nhiệm vụ sau:", lead="Điều 2."),
        Paragraph(
            "1. Thống kê, phân loại tài liệu hình thành từ năm 1994 đến tháng 6 năm 2025 đang bảo "
            "quản tại kho, ước khoảng 26 mét giá tài liệu với 4.180 hồ sơ."
        ),
        Paragraph(
            "2. Quét tài liệu với độ phân giải tối thiểu 200 dpi, lập dữ liệu mô tả cho từng văn "
            "bản gồm số, ký hiệu, ngày tháng, cơ quan ban hành, trích yếu nội dung và người ký."
        ),
        Paragraph(
            "3. Kiểm tra ngẫu nhiên ít nhất 5% số trang của mỗi đợt; tỷ lệ sai sót vượt quá 1% "
            "thì thực hiện lại cả đợt."
        ),
        Paragraph(
            "4. Bàn giao dữ liệu cho Lưu trữ lịch sử tỉnh trước ngày 15 tháng 12 hằng năm; bảo "
            "đảm bí mật nhà nước và dữ liệu cá nhân trong suốt quá trình thực hiện."
        ),
        Paragraph(
            "Tổ trưởng quyết định phân công cụ thể và được sử dụng con dấu của Ủy ban nhân dân xã "
            "khi điều hành. Thành viên làm việc kiêm nhiệm, được hưởng chế độ làm thêm giờ theo "
            "quy định, không quá 40 giờ trong một tháng.",
            lead="Điều 3.",
        ),
        Paragraph(
            "Kinh phí hoạt động năm 2025 là 186.500.000 đồng (Một trăm tám mươi sáu triệu năm "
            "trăm nghìn đồng), trong đó mua sắm máy quét 74.000.000 đồng, thuê nhân công "
            "96.000.000 đồng, vật tư khác 16.500.000 đồng, chi từ ngân sách xã.",
            lead="Điều 4.",
        ),
        Paragraph(
            "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Kinh tế, "
            "Trưởng phòng Văn hóa - Xã hội và các thành viên có tên tại Điều 1 chịu trách nhiệm "
            "thi hành Quyết định này./.",
            lead="Điều 5.",
        ),
    ),
    signing_lines=("CHỦ TỊCH",),
    signer_name=CHAIRMAN,
    recipients=(
        "Như Điều 5",
        "Sở Nội vụ tỉnh Sông Thương",
        "TT Đảng ủy, TT HĐND xã",
        "Chủ tịch, các Phó Chủ tịch UBND xã",
        "Lưu: VT, VP (02)",
    ),
    seal=COMMUNE_SEAL,
    signature=CHAIRMAN_HAND,
    body_size_pt=14,
)

PLAN = Document(
    name="ke-hoach-so",
    note="born-digital with a good text layer; not signed",
    issuing_lines=COMMUNE,
    number="31",
    symbol="KH-UBND",
    place="Thanh Lương Hạ",
    date=datetime.date(2025, 10, 9),
    doc_type="Kế hoạch",
    subject_lines=("Tổ chức Ngày Chuyển đổi số năm 2025", "trên địa bàn xã Thanh Lương Hạ"),
    body=(
        Paragraph(
            "Thực hiện Công văn số 2290/SKHCN-CĐS ngày 25/9/2025 của Sở Khoa học và Công nghệ về "
            "tổ chức Ngày Chuyển đổi số, Ủy ban nhân dân xã xây dựng kế hoạch tổ chức thực hiện "
            "như sau:"
        ),
        heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Paragraph(
            "1. Nâng cao nhận thức của cán bộ và Nhân dân về lợi ích của dịch vụ công trực tuyến, "
            "thanh toán không dùng tiền mặt và dữ liệu số trong đời sống hằng ngày."
        ),
        Paragraph(
            "2. Hoạt động thiết thực, tiết kiệm, hướng về thôn, xóm; phấn đấu mỗi hộ gia đình có "
            "ít nhất một người tham gia."
        ),
        heading("II. CHỈ TIÊU"),
        dash(
            "Tối thiểu 600 lượt người tham dự các hoạt động, trong đó trên 35% là người từ 50 "
            "tuổi trở lên."
        ),
        dash("100% thôn treo ít nhất 02 băng rôn; 17/17 Tổ công nghệ số cộng đồng ra quân."),
        dash(
            "Cài đặt mới ứng dụng dịch vụ công cho 250 người; hỗ trợ 40 hộ kinh doanh mở tài "
            "khoản thanh toán."
        ),
        heading("III. NỘI DUNG VÀ THỜI GIAN"),
        Table(
            columns=(
                Column("TT", 11),
                Column("Nội dung", 76, "left"),
                Column("Thời gian", 34),
                Column("Đơn vị chủ trì", 41, "left"),
            ),
            rows=(
                (
                    "1",
                    "Phát động trên Đài truyền thanh và trang thông tin của xã",
                    "Ngày 10/10/2025",
                    "Phòng Văn hóa - Xã hội",
                ),
                (
                    "2",
                    "Gian hướng dẫn nộp hồ sơ trực tuyến tại chợ phiên",
                    "Ngày 12/10/2025",
                    "Trung tâm Phục vụ hành chính công",
                ),
                ("3", "Hội thi kỹ năng số giữa 17 thôn", "Ngày 18/10/2025", "Đoàn Thanh niên xã"),
                (
                    "4",
                    "Tập huấn an toàn trên không gian mạng cho giáo viên",
                    "Ngày 21/10/2025",
                    "Công an xã",
                ),
                ("5", "Tổng kết, khen thưởng", "Trước 31/10/2025", "Văn phòng"),
            ),
        ),
        heading("IV. KINH PHÍ"),
        Paragraph(
            "Tổng kinh phí dự kiến 48.750.000 đồng, gồm ngân sách xã 30.000.000 đồng và nguồn xã "
            "hội hóa 18.750.000 đồng. Phòng Kinh tế thẩm định dự toán, hướng dẫn thanh quyết toán "
            "trước ngày 15/11/2025."
        ),
        heading("V. TỔ CHỨC THỰC HIỆN"),
        Paragraph(
            "1. Phòng Văn hóa - Xã hội là cơ quan thường trực, theo dõi, đôn đốc và tổng hợp kết "
            "quả, tham mưu Ủy ban nhân dân xã báo cáo Sở Khoa học và Công nghệ trước ngày "
            "05/11/2025."
        ),
        Paragraph(
            "2. Trung tâm Phục vụ hành chính công bố trí ít nhất 03 viên chức và 02 máy tính tại "
            "mỗi điểm hướng dẫn; chuẩn bị 1.500 tờ gấp, địa chỉ liên hệ ghi rõ hộp thư "
            "hanhchinhcong@thanhluongha.example.vn."
        ),
        Paragraph(
            "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội vận "
            "động đoàn viên, hội viên tích cực tham gia."
        ),
        Paragraph(
            "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về Phòng Văn hóa - "
            "Xã hội để tổng hợp, báo cáo Chủ tịch Ủy ban nhân dân xã xem xét, quyết định./."
        ),
    ),
    signing_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer_name=CHAIRMAN,
    recipients=(
        "Sở Khoa học và Công nghệ (để b/c)",
        "TT Đảng ủy, TT HĐND xã",
        "UB MTTQ Việt Nam xã và các đoàn thể",
        "Các phòng, trung tâm thuộc xã",
        "Trưởng 17 thôn",
        "Lưu: VT, VHXH",
    ),
)

NOTICE = Document(
    name="thong-bao-lop-mat-dau",
    note="colour scan with a hidden text layer that has lost all Vietnamese marks",
    parent_body=PROVINCE,
    issuing_lines=("SỞ XÂY DỰNG",),
    number="207",
    symbol="TB-SXD",
    place="Sông Thương",
    date=datetime.date(2024, 11, 5),
    doc_type="Thông báo",
    subject_lines=("Về việc tạm dừng lưu thông để sửa chữa cầu Bến Hạc,", "đường tỉnh 988"),
    body=(
        Paragraph(
            "Qua kiểm tra định kỳ ngày 28/10/2024, Sở Xây dựng phát hiện mặt cầu Bến Hạc tại Km "
            "14+350 đường tỉnh 988 có 03 khe co giãn hư hỏng, 12 m lan can bị gãy và trụ số 2 bị "
            "xói chân sâu khoảng 0,6 m. Để bảo đảm an toàn giao thông, Sở Xây dựng thông báo như "
            "sau:"
        ),
        Paragraph(
            "Tạm dừng lưu thông đối với toàn bộ phương tiện qua cầu Bến Hạc từ 22 giờ ngày "
            "11/11/2024 đến 05 giờ ngày 25/11/2024. Người đi bộ, xe đạp và xe mô tô được qua lại "
            "bằng cầu phao tạm ở phía hạ lưu, tải trọng không quá 0,5 tấn.",
            lead="1. Thời gian:",
        ),
        Paragraph(
            "Xe ô tô dưới 10 tấn đi theo đường huyện 58, qua cầu Ngòi Sen, dài thêm 9,2 km. Xe từ "
            "10 tấn trở lên đi theo đường tỉnh 986, dài thêm 21,5 km; không dừng đỗ trên đoạn qua "
            "thị trấn Đồng Mận từ 06 giờ đến 08 giờ.",
            lead="2. Phân luồng:",
        ),
        Paragraph(
            "Ban Quản lý bảo trì đường bộ lắp đặt đủ 26 biển báo, bố trí người hướng dẫn tại hai "
            "đầu cầu và công khai tiến độ hằng ngày. Đơn vị thi công hoàn trả mặt bằng chậm nhất "
            "02 ngày sau khi thông xe.",
            lead="3. Trách nhiệm:",
        ),
        Paragraph(
            "Mọi phản ánh xin gửi về Sở Xây dựng, điện thoại 0000.123.456, hộp thư "
            "baotri@soxaydung.example.vn. Sở Xây dựng thông báo để các cơ quan, doanh nghiệp vận "
            "tải và Nhân dân biết, thực hiện./."
        ),
    ),
    signing_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer_name="Vũ Hữu Nghiêm",
    recipients=(
        "UBND tỉnh (để b/c)",
        "Công an tỉnh",
        "UBND các huyện có tuyến đường đi qua",
        "Hiệp hội Vận tải tỉnh",
        "Báo và Đài Phát thanh tỉnh",
        "Lưu: VT, QLGT",
    ),
    seal=SealText("SỞ XÂY DỰNG", "TỈNH SÔNG THƯƠNG", ("SỞ", "XÂY DỰNG")),
    signature=SignatureHand(seed=88, waves=3),
)

SUBMISSION = Document(
    name="to-trinh-lop-sai-dau",
    note="colour scan with a hidden text layer full of wrong Vietnamese marks; "
    "number and day by pen",
    parent_body=PROVINCE,
    issuing_lines=("SỞ KHOA HỌC VÀ CÔNG NGHỆ",),
    number="58",
    symbol="TTr-SKHCN",
    place="Sông Thương",
    date=datetime.date(2024, 4, 19),
    number_by_pen=True,
    day_by_pen=True,
    doc_type="Tờ trình",
    subject_lines=("Về việc thành lập Hội đồng Sáng kiến", "tỉnh Sông Thương năm 2024"),
    addressees=("Ủy ban nhân dân tỉnh Sông Thương",),
    body=(
        Paragraph(
            "Căn cứ Quy chế xét, công nhận sáng kiến của tỉnh và kết quả đăng ký của các đơn vị, "
            "Sở Khoa học và Công nghệ kính trình Ủy ban nhân dân tỉnh xem xét việc thành lập Hội "
            "đồng Sáng kiến năm 2024 với các nội dung chính sau đây:"
        ),
        heading("1. Sự cần thiết"),
        Paragraph(
            "Tính đến ngày 10/4/2024 có 134 giải pháp của 41 đơn vị đề nghị công nhận sáng kiến "
            "cấp tỉnh, tăng 29 giải pháp so với năm 2023. Trong đó lĩnh vực giáo dục có 56 giải "
            "pháp, y tế 31 giải pháp, nông nghiệp 27 giải pháp, các lĩnh vực khác 20 giải pháp. "
            "Hội đồng cũ đã hết nhiệm kỳ, 04 thành viên nghỉ hưu hoặc chuyển công tác nên cần "
            "kiện toàn."
        ),
        heading("2. Cơ cấu Hội đồng"),
        Paragraph(
            "Hội đồng gồm 13 thành viên: Chủ tịch Hội đồng là Phó Chủ tịch Ủy ban nhân dân tỉnh; "
            "Phó Chủ tịch thường trực là Giám đốc Sở Khoa học và Công nghệ; 11 ủy viên là lãnh "
            "đạo các sở, trưởng phòng chuyên môn và chuyên gia độc lập. Tổ thư ký có 05 người, "
            "làm việc theo chế độ kiêm nhiệm."
        ),
        heading("3. Thời gian và kinh phí"),
        Paragraph(
            "Hội đồng họp 02 phiên, phiên thứ nhất trước ngày 30/5/2024. Kinh phí dự kiến 97,5 "
            "triệu đồng, bố trí trong dự toán chi sự nghiệp khoa học năm 2024 đã giao cho Sở."
        ),
        Paragraph(
            "Sở Khoa học và Công nghệ kính trình Ủy ban nhân dân tỉnh xem xét, quyết định (gửi "
            "kèm dự thảo Quyết định và danh sách thành viên)./."
        ),
    ),
    signing_lines=("GIÁM ĐỐC",),
    signer_name="Hoàng Thị Mộc Miên",
    recipients=("Như trên", "Sở Nội vụ (p/h)", "Ban Giám đốc Sở", "Lưu: VT, QLKH"),
    seal=SealText(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "TỈNH SÔNG THƯƠNG", ("SỞ", "KHOA HỌC VÀ", "CÔNG NGHỆ")
    ),
    signature=SignatureHand(seed=99, waves=4, width_mm=49),
)

INVITATION = Document(
    name="giay-moi-ky-so",
    note="colour scan; the only text is the visible stamp of a digital signature at the top",
    parent_body=PROVINCE,
    issuing_lines=("SỞ NỘI VỤ",),
    number="46",
    symbol="GM-SNV",
    place="Sông Thương",
    date=datetime.date(2025, 3, 12),
    number_by_pen=True,
    doc_type="Giấy mời",
    subject_lines=("Dự hội nghị tập huấn số hóa tài liệu lưu trữ năm 2025",),
    addressees=(
        "Văn phòng các sở, ban, ngành cấp tỉnh",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "Trung tâm Lưu trữ lịch sử tỉnh",
    ),
    body=(
        Paragraph(
            "Sở Nội vụ tổ chức hội nghị tập huấn nghiệp vụ số hóa tài liệu lưu trữ giấy cho công "
            "chức, viên chức làm công tác lưu trữ. Sở Nội vụ trân trọng kính mời các cơ quan cử "
            "đại biểu tham dự."
        ),
        Paragraph(
            "Mỗi cơ quan 01 lãnh đạo phụ trách và 02 công chức, viên chức lưu trữ.",
            lead="1. Thành phần:",
        ),
        Paragraph(
            "Bắt đầu từ 07 giờ 45 phút, ngày 27/3/2025 (thứ Năm), trong 1,5 ngày.",
            lead="2. Thời gian:",
        ),
        Paragraph(
            "Hội trường tầng 3, Trung tâm Hội nghị tỉnh, số 15 đường Bờ Hồ Sen.",
            lead="3. Địa điểm:",
        ),
        Paragraph(
            "Quy trình quét và lập dữ liệu mô tả; kiểm tra chất lượng; thực hành trên 30 hồ sơ "
            "mẫu do Ban Tổ chức chuẩn bị. Đại biểu mang theo máy tính xách tay.",
            lead="4. Nội dung:",
        ),
        Paragraph(
            "Danh sách đại biểu gửi về Sở Nội vụ trước ngày 21/3/2025 qua hộp thư "
            "luutru@sonoivu.example.vn. Rất mong các cơ quan quan tâm, cử người dự đúng thành "
            "phần./."
        ),
    ),
    signing_lines=("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    signer_name="Đỗ Quang Đáng",
    recipients=(
        "Như trên",
        "Giám đốc Sở (để b/c)",
        "Phòng Quản lý văn thư, lưu trữ",
        "Lưu: VT, VP",
    ),
    seal=SealText("SỞ NỘI VỤ", "TỈNH SÔNG THƯƠNG", ("SỞ", "NỘI VỤ")),
    signature=SignatureHand(seed=112, waves=3, width_mm=45),
)

BLANK_PAGE_NOTICE = Document(
    name="trang-trang",
    note="page 2 is a blank verso with dust; page 3 is an annex printed with hardly any toner",
    issuing_lines=COMMUNE,
    number="07",
    symbol="TB-UBND",
    place="Thanh Lương Hạ",
    date=datetime.date(2026, 1, 8),
    doc_type="Thông báo",
    subject_lines=("Lịch tiếp công dân quý I năm 2026",),
    body=(
        Paragraph(
            "Ủy ban nhân dân xã Thanh Lương Hạ thông báo lịch tiếp công dân định kỳ của Chủ tịch "
            "và các Phó Chủ tịch Ủy ban nhân dân xã trong quý I năm 2026 tại Phụ lục kèm theo. "
            "Giờ tiếp buổi sáng từ 07 giờ 30 đến 11 giờ 00, buổi chiều từ 13 giờ 30 đến 16 giờ 30."
        ),
        Paragraph(
            "Công dân đến phản ánh, kiến nghị mang theo giấy tờ tùy thân và đăng ký tại bộ phận "
            "tiếp dân, phòng số 4, tầng 1. Trường hợp lịch trùng ngày nghỉ, việc tiếp công dân "
            "chuyển sang ngày làm việc tiếp theo./."
        ),
        BlankPage(),
        Paragraph("", lead="PHỤ LỤC", align="centre"),
        Paragraph("", lead="LỊCH TIẾP CÔNG DÂN QUÝ I NĂM 2026", align="centre"),
        Paragraph(
            "(Kèm theo Thông báo số 07/TB-UBND ngày 08/01/2026 của Ủy ban nhân dân xã)",
            face="italic",
            align="centre",
        ),
        Table(
            columns=(
                Column("TT", 11),
                Column("Ngày tiếp", 34),
                Column("Người tiếp", 58, "left"),
                Column("Lĩnh vực", 59, "left"),
            ),
            rows=(
                ("1", "15/01/2026", "Chủ tịch UBND xã", "Tất cả các lĩnh vực"),
                ("2", "29/01/2026", "Phó Chủ tịch phụ trách kinh tế", "Đất đai, xây dựng"),
                ("3", "12/02/2026", "Chủ tịch UBND xã", "Tất cả các lĩnh vực"),
                ("4", "26/02/2026", "Phó Chủ tịch phụ trách văn hóa", "Chính sách, hộ tịch"),
                ("5", "12/3/2026", "Chủ tịch UBND xã", "Tất cả các lĩnh vực"),
                ("6", "26/3/2026", "Phó Chủ tịch phụ trách kinh tế", "Đất đai, môi trường"),
            ),
        ),
        Paragraph(
            "Ghi chú: lịch có thể thay đổi và được niêm yết trước ít nhất 03 ngày tại trụ sở.",
            face="italic",
        ),
    ),
    signing_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer_name=CHAIRMAN,
    recipients=(
        "TT Đảng ủy, TT HĐND xã",
        "Các thôn (niêm yết)",
        "Đài truyền thanh xã",
        "Lưu: VT, VP",
    ),
    seal=COMMUNE_SEAL,
    signature=CHAIRMAN_HAND,
)

INDICATORS = Document(
    name="bang-chi-tieu-scan",
    note="bilevel, skew about 0.9 degrees; rules of the table broken; headings, section rows merged",
    parent_body=PROVINCE,
    issuing_lines=("SỞ NÔNG NGHIỆP",),
    number="58",
    symbol="BC-SNN",
    place="Sông Thương",
    date=datetime.date(2025, 11, 20),
    doc_type="Báo cáo",
    subject_lines=("Kết quả thực hiện các chỉ tiêu sản xuất năm 2025",),
    body=(
        Paragraph(
            "Sở Nông nghiệp báo cáo kết quả thực hiện các chỉ tiêu sản xuất năm 2025 và dự kiến "
            "chỉ tiêu năm 2026 như sau:"
        ),
        Table(
            columns=(
                Column("TT", 11),
                Column("Chỉ tiêu", 48, "left"),
                Column("Đơn vị tính", 22),
                Column("Kế hoạch", 21, group="Năm 2025"),
                Column("Ước thực hiện", 22, group="Năm 2025"),
                Column("Tỷ lệ (%)", 18, group="Năm 2025"),
                Column("Dự kiến năm 2026", 21),
            ),
            numbered=True,
            rows=(
                ("I", "TRỒNG TRỌT"),
                ("1", "Diện tích lúa cả năm", "ha", "41.500", "41.236", "99,4", "41.000"),
                ("2", "Năng suất lúa bình quân", "tạ/ha", "58,2", "59,1", "101,5", "59,5"),
                ("3", "Diện tích rau an toàn", "ha", "3.150", "3.302", "104,8", "3.400"),
                ("4", "Sản lượng cây có hạt", "tấn", "262.400", "265.118", "101,0", "265.000"),
                ("5", "Cây ăn quả trồng mới, cải tạo", "ha", "420", "387", "92,1", "450"),
                ("II", "CHĂN NUÔI"),
                ("6", "Tổng đàn lợn", "con", "318.000", "305.740", "96,1", "320.000"),
                ("7", "Tổng đàn gia cầm", "1.000 con", "6.250", "6.480", "103,7", "6.600"),
                ("8", "Sản lượng thịt hơi các loại", "tấn", "71.900", "72.355", "100,6", "73.500"),
                ("III", "NÔNG THÔN MỚI"),
                ("9", "Số xã đạt chuẩn", "xã", "05", "04", "80,0", "06"),
                ("10", "Hộ dùng nước sạch", "%", "92,5", "93,1", "100,6", "94,0"),
            ),
        ),
        Paragraph(
            "Sở Nông nghiệp kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
        ),
    ),
    signing_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer_name=DEPUTY,
    recipients=("UBND tỉnh", "Lãnh đạo Sở", "Lưu: VT, KH"),
)

ROSTER = Document(
    name="danh-sach-hai-trang",
    note="bilevel; a table without rules at its sides runs over two pages, its header on both",
    issuing_lines=COMMUNE,
    number="19",
    symbol="TB-UBND",
    place="Thanh Lương Hạ",
    date=datetime.date(2026, 3, 5),
    doc_type="Thông báo",
    subject_lines=("Lịch kiểm tra phòng cháy, chữa cháy tại các cơ sở",),
    body=(
        Paragraph(
            "Ủy ban nhân dân xã Thanh Lương Hạ thông báo lịch kiểm tra an toàn phòng cháy, chữa "
            "cháy tại các cơ sở sản xuất, kinh doanh trên địa bàn như sau:"
        ),
        Table(
            columns=(
                Column("STT", 13),
                Column("Tên cơ sở", 58, "left"),
                Column("Địa chỉ", 34, "left"),
                Column("Ngày kiểm tra", 30),
                Column("Ghi chú", 28, "left"),
            ),
            open_sided=True,
            repeats_header=True,
            rows=tuple(
                (str(number), name, f"Thôn {village}", day, note)
                for number, (name, village, day, note) in enumerate(
                    (
                        ("Xưởng mộc Tiến Phát", "Bãi Dâu", "10/3/2026", ""),
                        ("Cửa hàng gas Minh Tâm", "Đồng Nội", "10/3/2026", "Kiểm tra lại"),
                        ("Hợp tác xã dệt chiếu Hạ Lương", "Bến Thóc", "11/3/2026", ""),
                        ("Nhà nghỉ Hương Quê", "Cầu Gạo", "11/3/2026", ""),
                        ("Cơ sở may mặc Thanh Hà, phân xưởng 2", "Đồng Nội", "12/3/2026", ""),
                        ("Trạm xăng dầu số 7", "Ngã Tư", "12/3/2026", "Ưu tiên"),
                        ("Kho lạnh Sông Thương", "Bến Thóc", "13/3/2026", ""),
                        ("Cơ sở sơn tĩnh điện Đại Lộc", "Bãi Dâu", "13/3/2026", "Kiểm tra lại"),
                        ("Quán karaoke Mây Chiều", "Ngã Tư", "16/3/2026", "Buổi tối"),
                        ("Trường mầm non Hoa Gạo", "Cầu Gạo", "16/3/2026", ""),
                        ("Xưởng giấy tái chế An Bình", "Gò Vừng", "17/3/2026", ""),
                        ("Chợ trung tâm xã, khu hàng vải", "Ngã Tư", "17/3/2026", "Cả ngày"),
                        ("Lò gạch không nung Phú Sơn", "Gò Vừng", "18/3/2026", ""),
                        ("Cửa hàng vật tư nông nghiệp Lan Chi", "Đồng Nội", "18/3/2026", ""),
                        ("Xưởng bánh kẹo Bà Tám", "Bãi Dâu", "19/3/2026", ""),
                        ("Trạm biến áp 110 kV", "Gò Vừng", "19/3/2026", "Ngành điện"),
                        ("Bãi đỗ xe Thành Công", "Ngã Tư", "20/3/2026", ""),
                        ("Nhà máy nước Hạ Lương", "Bến Thóc", "20/3/2026", ""),
                        ("Xưởng cơ khí Hai Thành", "Cầu Gạo", "23/3/2026", "Ưu tiên"),
                        ("Cơ sở nuôi trồng nấm Đức Thịnh", "Đồng Nội", "23/3/2026", ""),
                        ("Kho thóc giống xã", "Gò Vừng", "24/3/2026", ""),
                        ("Trạm y tế xã, nhà điều trị", "Cầu Gạo", "24/3/2026", "Buổi sáng"),
                        ("Xưởng rèn Ông Lực", "Bãi Dâu", "25/3/2026", ""),
                        ("Siêu thị mini Nhật Tân", "Ngã Tư", "25/3/2026", ""),
                        ("Cơ sở ép dầu lạc Hồng Vân", "Bến Thóc", "26/3/2026", "Ưu tiên"),
                        ("Nhà văn hóa trung tâm", "Ngã Tư", "26/3/2026", ""),
                    ),
                    start=1,
                )
            ),
        ),
        Paragraph("Các cơ sở chuẩn bị hồ sơ và cử người làm việc với đoàn kiểm tra./."),
    ),
    signing_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer_name=CHAIRMAN,
    recipients=("Các cơ sở có tên", "Công an xã", "Lưu: VT, VP"),
)
