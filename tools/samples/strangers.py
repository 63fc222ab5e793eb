"""Documents of offices that nobody has seen, composed at random: who issues them, how their symbol
is built, what type they are of, who signs and how all of it is set. Places and persons are invented.

The fields of each are known exactly, so that rules can be judged on more offices than scans are at
hand. What varies is what varies between real offices: the tables below are kinds, not examples.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from .model import Document, Paragraph, SealText, Setting
from .pen import SignatureHand

PROVINCES = "Sông Thương|Hoa Lạc|Đông Trạch|Sơn Hà - Bình Trạch|Thanh Ninh|Tây Khê|Phú Bình Sơn|Lam Kinh".split("|")
DISTRICTS = "Ngọc Sơn|Krông Năng|Mường Lạn|Vĩnh Trạch|Đắk Rông|Thạch Bình|Ea Súp|Hòa Khê".split("|")
COMMUNES = "Thanh Lương Hạ|Nà Phặc|Đắk Wil|Tân Trạch|Bình Hòa Tây|Ia Kly|Mỹ Lộc|Chiềng Lao".split("|")
WARDS = "Phường 3|Phường 14|Phường Lê Lợi|Phường Bến Gỗ|Phường Tân Khê".split("|")
FAMILY = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Lương|Nông|Châu|Tạ".split("|")
MIDDLE = "Văn|Thị|Đức|Minh|Thị Thu|Quang|Hữu|Ngọc|Thị Bích|Xuân|Công|Thanh|".split("|")
GIVEN = "Hùng|Lan|Thuần|Hà|Toàn|Nga|Phúc|Dũng|Yến|Khoa|Sáng|Thảo|Vinh|Hạnh|Tuấn|Liên".split("|")
OTHER_NAMES = (
    "Y Bhuăn Niê|H'Lim Byă|Lò Văn Ún|Giàng A Páo|Điểu K'Rách|K'Brếp|Thạch Sa Phên|Siu Hlot|"
    "Rơ Châm Mếch|Quàng Thị Inh|Nông Thị Ngọc Bích Vân|Tôn Nữ Thị Quỳnh Trâm"
).split("|")
DEGREES = "PGS.TS. |TS. |ThS. |BS.CKII. |Thượng tá |Đại tá |BSCKI. |GS.TS. |Thiếu tướng ".split("|")


@dataclass(frozen=True)
class Kind:
    """A kind of issuer. {P} stands for a province, {D} a district, {C} a commune, {W} a ward, as the
    place itself prints them; in the lines of the head they are set in capitals."""

    name: str
    parents: tuple[str, ...]  # one is chosen; "" for none
    issuers: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    place: str = "{P}"
    units: tuple[str, ...] = ("VP", "TH", "TCCB", "KHTC", "NV")
    party: bool = False
    degrees: bool = False
    types: tuple[str, ...] = ()  # abbreviations; all of the decree where none are named


def of(*lines: str) -> tuple[tuple[str, ...], ...]:
    """Issuers, each a text whose lines are parted by " / "."""
    return tuple(tuple(text.split(" / ")) for text in lines)


DIRECTOR = of("GIÁM ĐỐC", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "Q. GIÁM ĐỐC", "TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG",
              "TUQ. GIÁM ĐỐC / TRƯỞNG PHÒNG HÀNH CHÍNH - TỔNG HỢP", "TL. GIÁM ĐỐC / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG")
CHAIR = of("TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "CHỦ TỊCH",
           "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH THƯỜNG TRỰC",
           "TUQ. CHỦ TỊCH / GIÁM ĐỐC SỞ TÀI CHÍNH")
MINISTER = of("BỘ TRƯỞNG", "KT. BỘ TRƯỞNG / THỨ TRƯỞNG", "TL. BỘ TRƯỞNG / CHÁNH VĂN PHÒNG", "TL. BỘ TRƯỞNG / VỤ TRƯỞNG VỤ PHÁP CHẾ",
              "TL. BỘ TRƯỞNG / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG", "KT. BỘ TRƯỞNG / THỨ TRƯỞNG THƯỜNG TRỰC",
              "TUQ. BỘ TRƯỞNG / CỤC TRƯỞNG CỤC VIỄN THÔNG", "TL. BỘ TRƯỞNG / KT. VỤ TRƯỞNG / VỤ TỔ CHỨC CÁN BỘ / PHÓ VỤ TRƯỞNG")
PARTY_DEPUTY = of("T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ / BÍ THƯ", "TM. BAN THƯỜNG VỤ / PHÓ BÍ THƯ THƯỜNG TRỰC",
                  "T/L BAN THƯỜNG VỤ / CHÁNH VĂN PHÒNG", "T/M BAN CHẤP HÀNH / BÍ THƯ")


def headed(title: str, *more: str) -> tuple[tuple[str, ...], ...]:
    """The chains of a body headed by one with this title."""
    return of(title, f"KT. {title} / PHÓ {title}", f"Q. {title}", *more)


KINDS = (
    Kind("ministry", ("",), of("BỘ NỘI VỤ", "BỘ GIÁO DỤC VÀ ĐÀO TẠO", "BỘ NÔNG NGHIỆP / VÀ MÔI TRƯỜNG", "BỘ VĂN HÓA, THỂ THAO / VÀ DU LỊCH"), ("BNV", "BGDĐT", "BNNMT", "BVHTTDL"), MINISTER, "Hà Nội"),
    Kind("department of a ministry", ("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "BỘ Y TẾ", "BỘ TÀI CHÍNH"), of("CỤC SỞ HỮU TRÍ TUỆ", "CỤC QUẢN LÝ KHÁM, / CHỮA BỆNH", "CỤC QUẢN LÝ DƯỢC", "TỔNG CỤC THỐNG KÊ"), ("SHTT", "KCB", "QLD", "TCTK"), headed("CỤC TRƯỞNG", "TL. CỤC TRƯỞNG / CHÁNH VĂN PHÒNG"), "Hà Nội"),
    Kind("prime minister", ("",), of("THỦ TƯỚNG CHÍNH PHỦ", "CHÍNH PHỦ"), ("TTg", "CP"), of("THỦ TƯỚNG", "KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG", "TM. CHÍNH PHỦ / KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG"), "Hà Nội", types=("QĐ", "CT", "NQ", "CĐ")),
    Kind("government office", ("",), of("VĂN PHÒNG CHÍNH PHỦ", "VĂN PHÒNG QUỐC HỘI"), ("VPCP", "VPQH"), headed("CHỦ NHIỆM", "KT. BỘ TRƯỞNG, CHỦ NHIỆM / PHÓ CHỦ NHIỆM"), "Hà Nội"),
    Kind("assembly", ("",), of("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "ỦY BAN PHÁP LUẬT / VÀ TƯ PHÁP"), ("UBTVQH15", "UBPLTP15"), of("TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI / CHỦ TỊCH", "TM. ỦY BAN / CHỦ NHIỆM"), "Hà Nội"),
    Kind("province", ("",), of("ỦY BAN NHÂN DÂN / TỈNH {P}", "ỦY BAN NHÂN DÂN / THÀNH PHỐ {P}", "UBND TỈNH {P}"), ("UBND",), CHAIR),
    Kind("office of a province", ("UBND TỈNH {P}", "ỦY BAN NHÂN DÂN / TỈNH {P}"), of("VĂN PHÒNG"), ("VP", "VPUBND"), headed("CHÁNH VĂN PHÒNG")),
    Kind("provincial department", ("UBND TỈNH {P}", "ỦY BAN NHÂN DÂN TỈNH / {P}", "UBND THÀNH PHỐ {P}"), of("SỞ KHOA HỌC / VÀ CÔNG NGHỆ", "SỞ Y TẾ", "SỞ TƯ PHÁP", "SỞ VĂN HÓA, THỂ THAO / VÀ DU LỊCH", "SỞ NÔNG NGHIỆP / VÀ MÔI TRƯỜNG", "SỞ DÂN TỘC VÀ TÔN GIÁO"), ("SKHCN", "SYT", "STP", "SVHTTDL", "SNNMT", "SDTTG"), DIRECTOR),
    Kind("branch", ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SỞ Y TẾ {P}"), of("CHI CỤC KIỂM LÂM", "CHI CỤC AN TOÀN / VỆ SINH THỰC PHẨM", "CHI CỤC CHĂN NUÔI, / THÚ Y VÀ THỦY SẢN"), ("CCKL", "CCATVSTP", "CNTYTS"), headed("CHI CỤC TRƯỞNG")),
    Kind("district", ("", "UBND TỈNH {P}"), of("ỦY BAN NHÂN DÂN / HUYỆN {D}", "ỦY BAN NHÂN DÂN / THỊ XÃ {D}"), ("UBND",), CHAIR, "{D}"),
    Kind("district office", ("ỦY BAN NHÂN DÂN / HUYỆN {D}", "UBND HUYỆN {D}"), of("PHÒNG TÀI CHÍNH - / KẾ HOẠCH", "PHÒNG TƯ PHÁP", "PHÒNG VĂN HÓA - / XÃ HỘI", "PHÒNG GIÁO DỤC / VÀ ĐÀO TẠO"), ("PTCKH", "TP", "PVHXH", "PGDĐT"), headed("TRƯỞNG PHÒNG"), "{D}"),
    Kind("commune", ("", "UBND HUYỆN {D}"), of("ỦY BAN NHÂN DÂN / XÃ {C}", "UBND XÃ {C}"), ("UBND",), CHAIR, "{C}"),
    Kind("ward", ("", "UBND QUẬN 7", "ỦY BAN NHÂN DÂN / QUẬN {D}"), of("ỦY BAN NHÂN DÂN / {W}",), ("UBND",), CHAIR, "{W}"),
    Kind("council", ("",), of("HỘI ĐỒNG NHÂN DÂN / TỈNH {P}", "HỘI ĐỒNG NHÂN DÂN / XÃ {C}", "THƯỜNG TRỰC HỘI ĐỒNG / NHÂN DÂN TỈNH {P}"), ("HĐND",), of("CHỦ TỊCH", "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "TM. HỘI ĐỒNG NHÂN DÂN / CHỦ TỊCH")),
    Kind("provincial party", ("",), of("TỈNH ỦY {P}", "THÀNH ỦY {P}", "BAN CHẤP HÀNH / ĐẢNG BỘ TỈNH {P}"), ("TU",), PARTY_DEPUTY, party=True),
    Kind("party of a commune", ("ĐẢNG BỘ TỈNH {P}", "HUYỆN ỦY {D}", "TỈNH ỦY {P}"), of("ĐẢNG ỦY XÃ {C}", "ĐẢNG ỦY XÃ / {C}"), ("ĐU",), PARTY_DEPUTY, "{C}", party=True),
    Kind("party cell", ("ĐẢNG BỘ SỞ Y TẾ", "ĐẢNG ỦY XÃ {C}"), of("CHI BỘ VĂN PHÒNG", "CHI BỘ THÔN BẢN LẦY", "CHI BỘ TRƯỜNG MẦM NON"), ("CB",), of("T/M CHI BỘ / BÍ THƯ", "T/M CHI ỦY / BÍ THƯ", "TM. CHI BỘ / PHÓ BÍ THƯ"), party=True),
    Kind("party board", ("TỈNH ỦY {P}", "THÀNH ỦY {P}"), of("BAN TUYÊN GIÁO / VÀ DÂN VẬN", "BAN TỔ CHỨC", "ỦY BAN KIỂM TRA", "VĂN PHÒNG"), ("BTGDVTU", "BTCTU", "UBKTTU", "VPTU"), of("TRƯỞNG BAN", "K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN THƯỜNG TRỰC"), party=True),
    Kind("trade union", ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "TỔNG LIÊN ĐOÀN LAO ĐỘNG / VIỆT NAM"), of("LIÊN ĐOÀN LAO ĐỘNG / TỈNH {P}", "CÔNG ĐOÀN NGÀNH Y TẾ"), ("LĐLĐ", "CĐN"), of("TM. BAN THƯỜNG VỤ / CHỦ TỊCH", "TM. BAN THƯỜNG VỤ / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "TM. BAN CHẤP HÀNH / CHỦ TỊCH")),
    Kind("front", ("",), of("ỦY BAN MTTQ VIỆT NAM / TỈNH {P}", "ỦY BAN MẶT TRẬN TỔ QUỐC / VIỆT NAM XÃ {C}", "BAN THƯỜNG TRỰC / ỦY BAN MTTQ TỈNH {P}"), ("MTTQ", "MTTQ-BTT"), of("TM. BAN THƯỜNG TRỰC / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "TM. BAN THƯỜNG TRỰC / CHỦ TỊCH")),
    Kind("women, farmers, veterans", ("", "HỘI LHPN TỈNH {P}"), of("HỘI LIÊN HIỆP PHỤ NỮ / TỈNH {P}", "HỘI NÔNG DÂN / HUYỆN {D}", "HỘI CỰU CHIẾN BINH / XÃ {C}", "HỘI CHỮ THẬP ĐỎ / TỈNH {P}"), ("BTV", "HND", "HCCB", "CTĐ"), of("TM. BAN THƯỜNG VỤ / CHỦ TỊCH", "TM. BAN THƯỜNG VỤ / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "CHỦ TỊCH")),
    Kind("youth union", ("TRUNG ƯƠNG ĐOÀN", "BCH ĐOÀN TỈNH {P}", ""), of("BCH ĐOÀN TỈNH {P}", "ĐOÀN TNCS HỒ CHÍ MINH / HUYỆN {D}", "TỈNH ĐOÀN {P}"), ("TĐTN", "ĐTN"), of("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN / PHÓ BÍ THƯ", "TM. BAN CHẤP HÀNH / BÍ THƯ", "TM. BAN THƯỜNG VỤ / PHÓ BÍ THƯ THƯỜNG TRỰC")),
    Kind("court", ("", "TÒA ÁN NHÂN DÂN TỈNH {P}"), of("TÒA ÁN NHÂN DÂN / HUYỆN {D}", "TÒA ÁN NHÂN DÂN KHU VỰC 3"), ("TA", "TAKV3"), headed("CHÁNH ÁN", "TL. CHÁNH ÁN / CHÁNH VĂN PHÒNG")),
    Kind("procuracy", ("VKSND TỐI CAO", ""), of("VIỆN KIỂM SÁT NHÂN DÂN / TỈNH {P}", "VIỆN KIỂM SÁT NHÂN DÂN / HUYỆN {D}"), ("VKS", "VKSTH"), headed("VIỆN TRƯỞNG")),
    Kind("police", ("CÔNG AN TỈNH {P}", "BỘ CÔNG AN"), of("CÔNG AN HUYỆN {D}", "CÔNG AN XÃ {C}", "PHÒNG CẢNH SÁT PCCC / VÀ CNCH"), ("CAH", "CAX", "PC07"), of("TRƯỞNG CÔNG AN HUYỆN", "KT. TRƯỞNG CÔNG AN XÃ / PHÓ TRƯỞNG CÔNG AN XÃ", "TRƯỞNG PHÒNG", "TRƯỞNG CÔNG AN XÃ", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"), degrees=True),
    Kind("army", ("QUÂN KHU 5", "BỘ QUỐC PHÒNG"), of("BỘ CHỈ HUY QUÂN SỰ / TỈNH {P}", "BAN CHỈ HUY QUÂN SỰ / XÃ {C}", "BỘ CHỈ HUY BỘ ĐỘI / BIÊN PHÒNG TỈNH"), ("BCH", "BCHQS", "BCH-TM"), of("CHỈ HUY TRƯỞNG", "KT. CHỈ HUY TRƯỞNG / PHÓ CHỈ HUY TRƯỞNG", "KT. CHỈ HUY TRƯỞNG / PHÓ CHỈ HUY TRƯỞNG - / THAM MƯU TRƯỞNG", "CHÍNH ỦY"), degrees=True),
    Kind("school", ("UBND HUYỆN {D}", "PHÒNG GD&ĐT HUYỆN {D}", "SỞ GD&ĐT {P}", "UBND XÃ {C}"), of("TRƯỜNG TIỂU HỌC / NGUYỄN TRỰC", "TRƯỜNG THPT CHUYÊN {P}", "TRƯỜNG MẦM NON HOA MAI", "TRƯỜNG THCS VÀ THPT / {C}", "TRƯỜNG PHỔ THÔNG / DÂN TỘC NỘI TRÚ"), ("THNT", "THPTC", "MNHM", "THCS&THPT", "PTDTNT"), headed("HIỆU TRƯỞNG")),
    Kind("university", ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "ĐẠI HỌC {P}", "BỘ CÔNG THƯƠNG", "UBND TỈNH {P}"), of("TRƯỜNG ĐẠI HỌC / SƯ PHẠM KỸ THUẬT", "TRƯỜNG ĐẠI HỌC {P}", "HỌC VIỆN NÔNG NGHIỆP", "TRƯỜNG CAO ĐẲNG / KINH TẾ - KỸ THUẬT", "VIỆN NGHIÊN CỨU / HẢI SẢN"), ("ĐHSPKT", "ĐH", "HVN", "CĐKTKT", "VHS"), headed("HIỆU TRƯỞNG", "TL. HIỆU TRƯỞNG / TRƯỞNG PHÒNG ĐÀO TẠO", "TL. HIỆU TRƯỞNG / KT. TRƯỞNG PHÒNG CTSV / PHÓ TRƯỞNG PHÒNG", "TL. HIỆU TRƯỞNG / TRƯỞNG PHÒNG TỔ CHỨC / - HÀNH CHÍNH", "TUQ. HIỆU TRƯỞNG / TRƯỞNG KHOA CÔNG NGHỆ THÔNG TIN"), degrees=True),
    Kind("hospital", ("SỞ Y TẾ {P}", "BỘ Y TẾ", "SỞ Y TẾ TỈNH {P}"), of("BỆNH VIỆN ĐA KHOA / KHU VỰC {D}", "TRUNG TÂM Y TẾ / HUYỆN {D}", "TRUNG TÂM KIỂM SOÁT / BỆNH TẬT", "BỆNH VIỆN NHI", "TRẠM Y TẾ XÃ {C}"), ("BVĐK", "TTYT", "KSBT", "BVN", "TYT"), DIRECTOR + of("TRƯỞNG TRẠM", "TRẠM TRƯỞNG"), degrees=True),
    Kind("company", ("", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN NAM", "TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM"), of("CÔNG TY CỔ PHẦN / CẤP NƯỚC {P}", "CÔNG TY ĐIỆN LỰC {P}", "CÔNG TY TNHH MTV / XỔ SỐ KIẾN THIẾT", "TỔNG CÔNG TY LƯƠNG THỰC / MIỀN BẮC", "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI / TỈNH {P}", "HỢP TÁC XÃ NÔNG NGHIỆP / {C}"), ("CTN", "PCST", "XSKT", "TCTLT", "NHCS", "HTX"), of("GIÁM ĐỐC", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "TM. HỘI ĐỒNG QUẢN TRỊ / CHỦ TỊCH", "CHỦ TỊCH HỘI ĐỒNG QUẢN TRỊ", "KT. TỔNG GIÁM ĐỐC / PHÓ TỔNG GIÁM ĐỐC", "CHỦ TỊCH HỘI ĐỒNG THÀNH VIÊN")),
    Kind("committee", ("UBND TỈNH {P}", "ỦY BAN NHÂN DÂN / TỈNH {P}", "UBND XÃ {C}", ""), of("BAN CHỈ ĐẠO / CHUYỂN ĐỔI SỐ", "BAN CHỈ HUY / PHÒNG THỦ DÂN SỰ", "HỘI ĐỒNG PHỔ BIẾN / GIÁO DỤC PHÁP LUẬT", "TỔ CÔNG TÁC ĐỀ ÁN 06", "HỘI ĐỒNG THI ĐUA - / KHEN THƯỞNG", "ĐOÀN KIỂM TRA / LIÊN NGÀNH"), ("BCĐ", "BCHPTDS", "HĐPHPBGDPL", "TCTĐA06", "HĐTĐKT", "ĐKTLN"), of("TRƯỞNG BAN", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN", "TM. BAN CHỈ ĐẠO / TRƯỞNG BAN", "CHỦ TỊCH HỘI ĐỒNG", "TỔ TRƯỞNG", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "TRƯỞNG ĐOÀN", "KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH HỘI ĐỒNG")),
    Kind("project board", ("UBND TỈNH {P}", "UBND HUYỆN {D}", "SỞ XÂY DỰNG"), of("BAN QUẢN LÝ DỰ ÁN / ĐẦU TƯ XÂY DỰNG", "BAN QLDA ĐTXD CÁC CÔNG TRÌNH / GIAO THÔNG", "BAN QUẢN LÝ / KHU KINH TẾ", "BAN QUẢN LÝ RỪNG PHÒNG HỘ / {D}"), ("BQLDA", "BQLGT", "BQLKKT", "BQLRPH"), DIRECTOR + headed("TRƯỞNG BAN")),
    Kind("treasury, taxes, insurance", ("BỘ TÀI CHÍNH", "KHO BẠC NHÀ NƯỚC", "CỤC THUẾ", "BẢO HIỂM XÃ HỘI VIỆT NAM"), of("KHO BẠC NHÀ NƯỚC / KHU VỰC IX", "THUẾ TỈNH {P}", "BẢO HIỂM XÃ HỘI / TỈNH {P}", "CHI CỤC HẢI QUAN / KHU VỰC XII", "CỤC THUẾ TỈNH {P}", "NGÂN HÀNG NHÀ NƯỚC / CHI NHÁNH KHU VỰC 4"), ("KBKV9", "TST", "BHXH", "HQKV12", "CTST", "KV4"), DIRECTOR + headed("TRƯỞNG THUẾ", "KT. CỤC TRƯỞNG / PHÓ CỤC TRƯỞNG", "CHI CỤC TRƯỞNG")),
    Kind("press, museum, station", ("TỈNH ỦY {P}", "UBND TỈNH {P}", "SỞ VĂN HÓA VÀ THỂ THAO"), of("BÁO {P}", "ĐÀI PHÁT THANH - / TRUYỀN HÌNH {P}", "BẢO TÀNG TỈNH", "THƯ VIỆN TỈNH {P}", "NHÀ HÁT CHÈO", "VƯỜN QUỐC GIA {D}"), ("B", "PTTH", "BT", "TVT", "NHC", "VQG"), headed("TỔNG BIÊN TẬP") + DIRECTOR),
    Kind("inspectorate", ("UBND TỈNH {P}", "SỞ XÂY DỰNG", "THANH TRA CHÍNH PHỦ"), of("THANH TRA TỈNH", "THANH TRA SỞ", "CỤC CHỐNG THAM NHŨNG"), ("TTT", "TTr", "CIV"), headed("CHÁNH THANH TRA")),
    Kind("public service centre", ("UBND XÃ {C}", "SỞ NỘI VỤ", "VĂN PHÒNG UBND TỈNH"), of("TRUNG TÂM PHỤC VỤ / HÀNH CHÍNH CÔNG", "TRUNG TÂM LƯU TRỮ LỊCH SỬ", "TRUNG TÂM DỊCH VỤ VIỆC LÀM", "TRUNG TÂM TRỢ GIÚP PHÁP LÝ / NHÀ NƯỚC"), ("TTPVHCC", "TTLTLS", "TTDVVL", "TTTGPL"), DIRECTOR),
    Kind("committees of a council", ("HỘI ĐỒNG NHÂN DÂN / TỈNH {P}", "QUỐC HỘI"), of("ĐOÀN ĐẠI BIỂU QUỐC HỘI / TỈNH {P}", "BAN PHÁP CHẾ", "BAN VĂN HÓA - XÃ HỘI", "TỔ ĐẠI BIỂU SỐ 4"), ("ĐĐBQH", "HĐND", "HĐND", "TĐB4"), of("TRƯỞNG ĐOÀN", "TM. BAN PHÁP CHẾ / TRƯỞNG BAN", "TRƯỞNG BAN", "TM. ĐOÀN ĐẠI BIỂU QUỐC HỘI / PHÓ TRƯỞNG ĐOÀN")),
    Kind("enforcement, customs, market", ("CỤC THI HÀNH ÁN DÂN SỰ / TỈNH {P}", "CỤC HẢI QUAN", "CHI CỤC QUẢN LÝ THỊ TRƯỜNG"), of("CHI CỤC THI HÀNH ÁN DÂN SỰ / HUYỆN {D}", "CHI CỤC HẢI QUAN / KHU VỰC XIII", "ĐỘI QUẢN LÝ THỊ TRƯỜNG SỐ 3"), ("CCTHADS", "HQKV13", "ĐQLTT3"), of("CHI CỤC TRƯỞNG", "KT. CHI CỤC TRƯỞNG / PHÓ CHI CỤC TRƯỞNG", "CHẤP HÀNH VIÊN", "ĐỘI TRƯỞNG", "KT. ĐỘI TRƯỞNG / PHÓ ĐỘI TRƯỞNG")),
    Kind("bank, society, association", ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "", "LIÊN MINH HTX VIỆT NAM"), of("CHI NHÁNH TỈNH {P}", "LIÊN HIỆP CÁC HỘI / KHOA HỌC VÀ KỸ THUẬT", "HIỆP HỘI DOANH NGHIỆP / TỈNH {P}", "LIÊN MINH HỢP TÁC XÃ / TỈNH {P}", "ĐOÀN LUẬT SƯ / TỈNH {P}", "HỘI VĂN HỌC NGHỆ THUẬT"), ("ĐOLN", "LHH", "HHDN", "LMHTX", "ĐLS", "HVHNT"), headed("CHỦ TỊCH", "TM. BAN THƯỜNG VỤ / CHỦ TỊCH", "TM. BAN CHẤP HÀNH / PHÓ CHỦ TỊCH", "TM. BAN CHỦ NHIỆM / CHỦ NHIỆM")),
    Kind("field office", ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CHI CỤC KIỂM LÂM", "CỤC HÀNG HẢI VÀ ĐƯỜNG THỦY VIỆT NAM", "TRUNG TÂM Y TẾ HUYỆN {D}"), of("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / CHI NHÁNH HUYỆN {D}", "HẠT KIỂM LÂM / HUYỆN {D}", "CẢNG VỤ HÀNG HẢI {P}", "TRẠM Y TẾ XÃ {C}", "VƯỜN QUỐC GIA {P}"), ("CNVPĐKĐĐ", "HKL", "CVHH", "TYT", "VQG"), of("GIÁM ĐỐC", "HẠT TRƯỞNG", "KT. HẠT TRƯỞNG / PHÓ HẠT TRƯỞNG", "TRẠM TRƯỞNG", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"), degrees=True),
    Kind("working party, examination board", ("UBND TỈNH {P}", "SỞ NỘI VỤ", "TRƯỜNG ĐẠI HỌC {P}"), of("ĐOÀN KIỂM TRA / THEO QUYẾT ĐỊNH SỐ 112", "TỔ CÔNG TÁC ĐỀ ÁN 06", "HỘI ĐỒNG COI THI", "TIỂU BAN TUYÊN TRUYỀN", "BAN TỔ CHỨC LỄ HỘI", "TỔ GIÚP VIỆC / BAN CHỈ ĐẠO"), ("ĐKT", "TCTĐA06", "HĐCT", "TBTT", "BTC", "TGV"), of("TRƯỞNG ĐOÀN", "TỔ TRƯỞNG", "CHỦ TỊCH HỘI ĐỒNG", "TRƯỞNG TIỂU BAN", "TRƯỞNG BAN", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN", "TM. ĐOÀN KIỂM TRA / TRƯỞNG ĐOÀN")),
    Kind("institute, publisher", ("BỘ TƯ PHÁP", "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "VIỆN HÀN LÂM KHOA HỌC XÃ HỘI"), of("VIỆN CHIẾN LƯỢC / VÀ KHOA HỌC PHÁP LÝ", "NHÀ XUẤT BẢN TƯ PHÁP", "VIỆN NGHIÊN CỨU HÁN NÔM", "HỌC VIỆN TƯ PHÁP"), ("CLKHPL", "NXBTP", "VNCHN", "HVTP"), headed("VIỆN TRƯỞNG", "GIÁM ĐỐC", "GIÁM ĐỐC - TỔNG BIÊN TẬP", "TL. GIÁM ĐỐC / TRƯỞNG PHÒNG TỔ CHỨC - HÀNH CHÍNH"), "Hà Nội", degrees=True),
)

TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định",
    "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch",
    "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản",
    "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện", "GM": "Giấy mời", "GGT": "Giấy giới thiệu",
    "GUQ": "Giấy ủy quyền", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "GNP": "Giấy nghỉ phép",
}  # fmt: skip
# How often: the common ones stand for themselves.
COMMON = ("QĐ", "BC", "KH", "TB", "TTr", "GM", "NQ", "HD", "CTr")
OUTSIDE = (
    ("Điều lệ", ("ĐIỀU LỆ",), "ĐL"),
    ("Chương trình phối hợp", ("CHƯƠNG TRÌNH PHỐI HỢP",), "CTrPH"),
    ("Giấy phép", ("GIẤY PHÉP",), "GP"),
    ("Giấy chứng nhận", ("GIẤY CHỨNG NHẬN",), "GCN"),
    ("Bản đăng ký", ("BẢN ĐĂNG KÝ",), "BĐK"),
    ("Kết luận thanh tra", ("KẾT LUẬN THANH TRA",), "KLTTr"),
    ("Thư mời", ("THƯ MỜI",), "TM"),
    ("Nội quy", ("NỘI QUY",), "NQ"),
    ("Lịch công tác", ("LỊCH CÔNG TÁC",), "LCT"),
    ("Quy trình", ("QUY TRÌNH",), "QTr"),
    ("Danh sách", ("DANH SÁCH",), "DS"),
    ("Phiếu trình", ("PHIẾU TRÌNH",), "PTr"),
    ("Quy chế phối hợp", ("QUY CHẾ PHỐI HỢP",), "QCPH"),
    ("Giấy xác nhận", ("GIẤY XÁC NHẬN",), "GXN"),
    ("Thông tri", ("THÔNG TRI",), "TT"),
    ("Kết luận", ("KẾT LUẬN",), "KL"),
)

OPENINGS = "Về việc |Về |V/v |".split("|")
ACTIONS = (
    "ban hành Quy chế làm việc|thành lập Tổ công tác|kiện toàn Ban Chỉ đạo|triển khai thực hiện Đề án|tổ chức Hội nghị sơ kết|"
    "phê duyệt kế hoạch lựa chọn nhà thầu|tăng cường công tác|công bố danh mục thủ tục hành chính|báo cáo kết quả thực hiện|"
    "điều chỉnh, bổ sung dự toán|cử viên chức tham gia lớp bồi dưỡng|rà soát, thống kê số liệu|xin ý kiến góp ý dự thảo"
).split("|")
MATTERS = (
    "phòng, chống thiên tai và tìm kiếm cứu nạn|chuyển đổi số - cải cách hành chính|\"Toàn dân đoàn kết xây dựng đời sống văn hóa\"|"
    "lĩnh vực đất đai, môi trường|theo Nghị định số 45/2020/NĐ-CP|an toàn giao thông (đợt 2)|giai đoạn 2021 - 2025|"
    "quản lý, sử dụng nhà, đất công|khối trường học - bệnh viện|của Hội đồng Thi đua - Khen thưởng|chăm sóc, bảo vệ trẻ em|"
    "tiêm vắc xin COVID-19|tại các xã, phường, thị trấn|theo Kết luận số 12-KL/TW"
).split("|")
ENDINGS = "năm {Y}|6 tháng đầu năm {Y}|quý III/{Y}|trên địa bàn tỉnh|tháng 9 năm {Y}|lần thứ II|năm học {Y}-{Z}||".split("|")
BODY = (
    "Thực hiện chức năng, nhiệm vụ được giao và ý kiến chỉ đạo của cấp trên, cơ quan báo cáo tình hình như sau:",
    "Trong thời gian qua, các đơn vị đã phối hợp chặt chẽ, bảo đảm tiến độ và chất lượng công việc được giao; "
    "tuy nhiên vẫn còn một số nội dung cần tiếp tục đôn đốc, theo dõi.",
    "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện; trong quá trình thực hiện nếu có khó khăn, "
    "vướng mắc, kịp thời phản ánh để được hướng dẫn./.",
)  # fmt: skip
GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Xét đề nghị của Chánh Văn phòng,",
)
RECEIVERS = (
    "Như trên|Như Điều 3|Thường trực Tỉnh ủy (để b/c)|Chủ tịch, các PCT UBND tỉnh|Các sở, ban, ngành|UBND các huyện, thị xã, thành phố|"
    "Cổng TTĐT tỉnh|Ban Giám đốc|Các phòng, khoa, trung tâm|Đảng ủy, HĐND, UBND xã|Thành viên Ban Chỉ đạo"
).split("|")
ADDRESSEES = (
    "Sở Tài chính|Ủy ban nhân dân các xã, phường|Các đơn vị trực thuộc|Bộ Nội vụ|Ông Lương Khắc Thuần, xóm Bản Lầy|Ủy ban nhân dân tỉnh|"
    "Các Trường THPT trên địa bàn|Công ty TNHH Xây dựng Tân Trạch"
).split("|")  # fmt: skip

TYPED_RULES = ("-------", "________", "*****", "-----***-----", "------------------")
NOTES = ("DỰ THẢO", "DỰ THẢO LẦN 2", "Mẫu số 05", "BẢN SAO", "Biểu mẫu 2a")
LIST_MARKS = ("- ", "- ", "- ", "-", "+ ", "", "– ", "* ")
LIST_ENDS = ((";", "."), (";", "."), (";", ";"), (",", "."), ("", ""), (".", "."))
RECIPIENTS_CAPTIONS = ("Nơi nhận:", "Nơi nhận:", "Nơi nhận:", "NƠI NHẬN:", "Nơi nhận :", "Nơi nhận", "Nơi gửi:")
ADDRESSEES_CAPTIONS = ("Kính gửi:", "Kính gửi:", "Kính gửi:", "Kính gửi :", "KÍNH GỬI:", "Kính gửi")
CITED = (
    "theo Quyết định số 1719/QĐ-TTg ngày 14 tháng 10 năm 2021 của Thủ tướng Chính phủ|"
    "theo Công văn số 3112/UBND-KGVX ngày 02/8/2022 của Ủy ban nhân dân tỉnh|"
    "thực hiện Nghị quyết số 27-NQ/TW ngày 09/11/2022 của Ban Chấp hành Trung ương Đảng|"
    "quy định tại khoản 2 Điều 15 Nghị định số 60/2021/NĐ-CP"
).split("|")

COLUMN_WIDTH = 30  # letters to a line of a body's name
HEAD_WIDTH = 30  # of a letter's subject
TITLE_WIDTH = 58


@dataclass
class Choices:
    """Random choices; the same seed gives the same documents."""

    rng: random.Random
    places: dict[str, str] = field(default_factory=dict)

    def one(self, of_these):
        return of_these[self.rng.randrange(len(of_these))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def filled(self, text: str) -> str:
        for letter, place in self.places.items():
            text = text.replace("{" + letter + "}", place)
        return text

    def head_lines(self, lines) -> tuple[str, ...]:
        """As the head of the page has them: in capitals, no wider than its column."""
        texts = [self.filled(line).upper() for line in lines if line]
        return tuple(part for text in texts for part in _wrapped(text, COLUMN_WIDTH))


def strangers(count: int, seed: int) -> list[Document]:
    """`count` documents, the kinds of issuer in turn."""
    return [_stranger(KINDS[i % len(KINDS)], f"{i:04d}", seed * 100_003 + i) for i in range(count)]


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return tuple(lines)


def _person(choose: Choices) -> str:
    if choose.chance(0.15):
        return choose.one(OTHER_NAMES)
    return " ".join(
        f"{choose.one(FAMILY)} {choose.one(MIDDLE)} {choose.one(GIVEN)}".split()
    )


def _symbol(kind: Kind, code: str, abbreviation: str, choose: Choices) -> tuple[str, str]:
    """The symbol, and what parts it from the number."""
    unit = choose.one(kind.units)
    if kind.party:
        return f"{abbreviation or 'CV'}/{code}", "-"
    if not abbreviation:
        return (f"{code}-{unit}" if choose.chance(0.85) else code), "/"
    style = choose.rng.random()
    if style < 0.72:
        return f"{abbreviation}-{code}", "/"
    if style < 0.84:
        return f"{abbreviation}-{code}-{unit}", "/"
    if style < 0.89:
        return f"{abbreviation}.{code}", "/"
    if style < 0.93:
        return f"{abbreviation}/{code}", "/"
    if style < 0.97:
        return f"{abbreviation}-{code}({unit})", "/"
    return f"{abbreviation}-{code},{unit}", "/"


def _date_line(place: str, date: datetime.date, choose: Choices) -> str:
    style = choose.rng.random()
    month = f"{date.month:02d}" if date.month < 3 or choose.chance(0.5) else str(date.month)
    if style < 0.8:
        return f"{place}, ngày {date.day:02d} tháng {month} năm {date.year}"
    if style < 0.86:
        return f"{place} , ngày {date.day} tháng {month} năm {date.year}"
    if style < 0.92:
        return f"{place}, ngày {date.day:02d}/{date.month}/{date.year}"
    if style < 0.96:
        return f"{place}, {date.day:02d}/{date.month:02d}/{date.year}"
    return f"{place}, ngày {date.day}.{date.month}.{date.year}"


def _setting(letter: bool, choose: Choices) -> Setting:
    """What differs from the decree; most documents have one or two such habits."""
    single_body = not letter
    return Setting(
        typed_rule=choose.one(TYPED_RULES) if choose.chance(0.25) else "",
        date_drop_pt=choose.one((12.0, 16.0, 20.0)) if choose.chance(0.15) else 0,
        note=choose.one(NOTES) if single_body and choose.chance(0.08) else "",
        list_mark=choose.one(LIST_MARKS),
        list_ends=choose.one(LIST_ENDS),
        recipients_caption=choose.one(RECIPIENTS_CAPTIONS),
        addressees_caption=choose.one(ADDRESSEES_CAPTIONS),
        type_ends_in_subject=single_body and choose.chance(0.06),
    )


def _subject(
    year: int, letter: bool, choose: Choices, habits: Choices, setting: Setting
) -> tuple[str, ...]:
    opening = "V/v " if letter else choose.one(OPENINGS)
    ending = choose.one(ENDINGS).replace("{Y}", str(year)).replace("{Z}", str(year + 1))
    text = f"{choose.one(ACTIONS)} {choose.one(MATTERS)} {ending}".strip()
    if habits.chance(0.12):
        text = f"{text} {habits.one(CITED)}"
    if not opening and not setting.type_ends_in_subject:
        text = text[0].upper() + text[1:]
    if not letter and habits.chance(0.2):
        opening, text = opening.upper(), text.upper()
    return _wrapped(opening + text, HEAD_WIDTH if letter else TITLE_WIDTH)


def _stranger(kind: Kind, name: str, seed: int) -> Document:
    choose = Choices(random.Random(seed))
    habits = Choices(random.Random(f"habits {seed}"))
    choose.places = {
        "P": choose.one(PROVINCES),
        "D": choose.one(DISTRICTS),
        "C": choose.one(COMMUNES),
        "W": choose.one(WARDS),
    }
    which = choose.rng.randrange(len(kind.issuers))
    code = kind.codes[min(which, len(kind.codes) - 1)]
    issuing_lines = choose.head_lines(kind.issuers[which])
    parent_lines = choose.head_lines(choose.one(kind.parents).split(" / "))
    date = datetime.date(choose.rng.randrange(2008, 2026), 1, 1) + datetime.timedelta(
        days=choose.rng.randrange(365)
    )

    letter = choose.chance(0.3) and not kind.types
    abbreviation, doc_type, type_lines = "", None, ()
    if not letter and choose.chance(0.12) and not kind.types:
        doc_type, type_lines, abbreviation = choose.one(OUTSIDE)
    elif not letter:
        pool = kind.types or (COMMON if choose.chance(0.75) else tuple(TYPES))
        abbreviation = choose.one(pool)
        doc_type = TYPES[abbreviation]
    setting = _setting(letter, habits)
    symbol, separator = _symbol(kind, code, abbreviation, choose)
    number = f"{choose.rng.randrange(1, 4000):02d}"
    label = "Số: " if choose.chance(0.8) else choose.one(("Số ", "Số:", "SỐ: "))
    number_line = f"{label}{number}{separator}{symbol}"
    if choose.chance(0.06):
        number, number_line = "", f"Số:        {separator}{symbol}"

    is_open = setting.note.startswith("DỰ THẢO") and habits.chance(0.6)
    if is_open:
        number, number_line = "", f"Số:        {separator}{symbol}"

    place = choose.filled(kind.place)
    if place.startswith("Phường") and choose.chance(0.3):
        place = place[0].lower() + place[1:]
    chain = choose.one(kind.chains)
    signer = _person(choose)
    degree = choose.one(DEGREES) if kind.degrees and choose.chance(0.6) else ""
    decides = doc_type in ("Quyết định", "Nghị quyết")
    preamble, grounds = None, ()
    if decides:
        head = chain[0].split(". ")[-1]
        preamble = Paragraph(f"{head} {' '.join(issuing_lines)}", face="bold", align="centre")
        grounds = tuple(Paragraph(text, face="italic") for text in GROUNDS)
    asks = letter or doc_type in ("Tờ trình", "Báo cáo", "Giấy mời") and choose.chance(0.5)
    addressees = ()
    if asks:
        count = 1 if choose.chance(0.6) else choose.rng.randrange(2, 5)
        addressees = tuple(choose.rng.sample(ADDRESSEES, count))
    receivers = tuple(choose.rng.sample(RECEIVERS, choose.rng.randrange(2, 7)))
    co_signers = ()
    if kind.name == "committee" and doc_type == "Biên bản":
        co_signers = ((("THƯ KÝ",), _person(choose)),)
    if kind.party:
        nation = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
    elif kind.name == "youth union" and choose.chance(0.5):
        nation = ("ĐOÀN TNCS HỒ CHÍ MINH",)
    else:
        nation = ()
    return Document(
        name=name,
        note=f"drawn: {kind.name}",
        parent_body=" ".join(parent_lines) or None,
        parent_lines=parent_lines,
        issuing_lines=issuing_lines,
        number=number,
        symbol=symbol,
        number_line=number_line,
        place=place,
        date=None if is_open else date,
        date_line=(
            f"{place}, ngày      tháng      năm {date.year}"
            if is_open
            else _date_line(place, date, choose)
        ),
        doc_type=doc_type,
        type_lines=type_lines,
        subject_lines=_subject(date.year, letter, choose, habits, setting),
        addressees=addressees,
        preamble=preamble,
        body=grounds + tuple(Paragraph(text) for text in BODY),
        signing_lines=chain,
        signer_name=signer,
        name_line=degree + signer,
        co_signers=co_signers,
        recipients=(*receivers, f"Lưu: VT, {choose.one(kind.units)}"),
        nation_lines=nation,
        star_below_agency=kind.party,
        setting=setting,
        seal=SealText(" ".join(issuing_lines), choose.places["P"].upper()),
        signature=SignatureHand(seed=seed % 97, waves=3 + seed % 3),
    )
