"""Names of people and titles of offices as they stand below and above signatures.

Names are put together from family names and syllables, titles from offices and ranks, so that no
list of real people is needed. A share of the syllables is made up, lest the reader should guess
from what it has seen often what it does not see.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from signatures.network import TONES

FAMILY = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh "
    "Trương Đinh Lâm Phùng Mai Tô Hà Tạ Cao Châu Thái Lương Lưu Tăng Quách Triệu Kiều Chu Nghiêm "
    "Tống La Thạch Mạc Lã Bạch Khổng Đàm Ninh Doãn Văn Quan Hứa Âu Ông Tôn Thân Diệp Từ Giang Kim "
    "Lục Viên Ma Nông Hoa Thiều Cù Phí Vi Mạch Lò Sầm Hầu Danh Trang Cung Cấn Khuất Bế Giáp Ngụy "
    "Lại Kha Đồng Tiêu Liêu Mã Nhan Sơn Ưng Chế Điểu Rơ Thị Kiên Neáng"
).split()
MIDDLE = (
    "Thị Văn Hữu Đức Ngọc Minh Thanh Quang Xuân Kim Đình Công Quốc Hoàng Anh Thành Mạnh Tiến Trọng "
    "Bá Duy Như Thúy Thu Phương Bích Hồng Mỹ Tuyết Trúc Lan Diệu Gia Bảo Nhật Việt Trung Vĩnh Phước "
    "Tấn Thế Viết Sỹ Doãn Chí Hải Hùng Khắc Đăng Nam Tuấn Thái An Cẩm Ánh Huy Kiều Lệ Mai Phú Tường"
).split()
GIVEN = (
    "Anh Hùng Dũng Hà Hương Thảo Lan Mai Linh Trang Hằng Nga Hạnh Phúc Lộc Thọ Sơn Hải Long Phượng "
    "Quân Tuấn Tú Trung Kiên Cường Thắng Lợi Bình Hòa Thuận An Khang Minh Đức Tài Trí Dung Nhung "
    "Hoa Huệ Cúc Đào Liên Sen Thu Xuân Đông Hạ Thủy Giang Hồng Vân Yến Oanh Nhạn Loan Thúy Ngọc "
    "Châu Bích Diễm Kiều Thanh Tâm Tình Nghĩa Nhân Lễ Tín Hiếu Trường Thành Đạt Công Danh Vinh "
    "Quang Huy Hiển Nam Bắc Việt Tiến Phát Triển Khánh Duy Khoa Khôi Nguyên Vũ Phong Lâm Tùng Bách "
    "Trúc Quế Phương Thơm Hiền Thục Trinh Diệu Ánh Tuyết Sương Băng Đăng Khải Hoàng Bảo Phú Quý "
    "Sang Giàu Chiến Quyết Thức Tỉnh Định Bền Vững Mạnh Khỏe Lực Sĩ Dương Uyên Quỳnh Chi My Vy Nhi "
    "Ngân Kim Thoa Điệp Hậu Thảnh Tường Vi Hào Kiệt Nghị Toàn Toản Luân Luận Thịnh Thiện Thiên "
    "Thưởng Thường Thạch Thái Tân Tấn Tý Ty Trà Trâm Trâu Tuyên Tuyến Tưởng Ước Vỹ Xoan Ý Út "
    "Chương Chung Chính Chinh Chiêu Cảnh Cơ Cần Doanh Du Dư Điền Điệu Đoan Đồng Hân Hoan Hoài Hoạt "
    "Huân Huấn Hưng Hưởng Hữu Kỳ Ký Lập Liễu Lương Lĩnh Lý Mẫn Mỹ Nhã Nhàn Nhiên Ninh Phi Phước "
    "Phụng Quyền Quyên Quyến Soạn Sinh Sửu Tạo Thạc Thân Thế Thi Thụ Thuật Thùy Thy Tiệp Tính Toại "
    "Tuân Tuệ Văn Viên Viễn Vượng Xứng Giáp Giao Khanh Khiêm Khuê Kha Hợp Hội Học Bằng Biên Bửu Cẩm"
).split()
HEADS = (
    "GIÁM ĐỐC|CHỦ TỊCH|HIỆU TRƯỞNG|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|CỤC TRƯỞNG|VỤ TRƯỞNG|"
    "TRƯỞNG PHÒNG|TRƯỞNG BAN|CHÁNH THANH TRA|TỔNG GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|VIỆN TRƯỞNG|BÍ THƯ|"
    "CHI CỤC TRƯỞNG|TRƯỞNG KHOA|CHỦ NHIỆM|CHÁNH ÁN|TRẠM TRƯỞNG|TỔNG BIÊN TẬP|ĐỘI TRƯỞNG"
).split("|")
DEPUTIES = (
    "PHÓ {}|PHÓ {}|PHÓ {}|PHÓ {}|P. {}|THỨ TRƯỞNG|PHÓ {} THƯỜNG TRỰC|{}|{}|PHÓ BÍ THƯ|"
    "PHÓ BÍ THƯ THƯỜNG TRỰC|ỦY VIÊN|PHÓ TRƯỞNG PHÒNG|PHÓ TRƯỞNG BAN"
).split("|")
BODIES = (
    "ỦY BAN NHÂN DÂN|UBND TỈNH|HỘI ĐỒNG NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHỈ ĐẠO|BAN GIÁM ĐỐC|"
    "BAN CHẤP HÀNH|HỘI ĐỒNG|ĐOÀN KIỂM TRA|BAN TỔ CHỨC|CHÍNH PHỦ|TẬP THỂ LÃNH ĐẠO|BAN BIÊN TẬP"
).split("|")
ONSETS = "b c ch d đ g gh gi h k kh l m n ng nh ph qu r s t th tr v x".split() + [""]
RIMES = (
    "a ac ai am an ang anh ao ap at au ay âm ân âng ât âu ây ăc ăm ăn ăng e em en eo ê ên ênh êu i "
    "ia iêm iên iêng iêt iêu im in inh iu o oa oan oanh oai oi on ong ô ôi ôn ông ơ ơi ơn u ua uân "
    "ui ung uôi uôn uy uyên uyêt ư ưa ưng ươi ương ươc y yên"
).split()


def with_tone(rime: str, tone: str) -> str:
    """The tone on the rime's main vowel, as it is usually written."""
    marked = [i for i, c in enumerate(rime) if c in "ăâêôơư"]
    vowels = [i for i, c in enumerate(rime) if c in "aăâeêioôơuưy"]
    if marked:
        at = marked[-1]
    elif len(vowels) > 1 and (rime[-1] not in "aăâeêioôơuưy" or len(vowels) > 2):
        at = vowels[1]
    else:
        at = vowels[0]
    return unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :])


class Author:
    def __init__(self, rng: np.random.Generator):
        self.rng = rng

    def pick(self, choices):
        return choices[self.rng.integers(len(choices))]

    def made_up(self) -> str:
        syllable = self.pick(ONSETS) + with_tone(self.pick(RIMES), self.pick(TONES))
        return syllable[0].upper() + syllable[1:]

    def family(self) -> str:
        # Often ones are few: half of all draws are among the first twenty.
        return self.pick(FAMILY[:20] if self.rng.random() < 0.5 else FAMILY)

    def name(self) -> str:
        words = [self.family()]
        if self.rng.random() < 0.06:
            words.append(self.family())
        count = self.rng.choice([0, 1, 2], p=[0.12, 0.68, 0.2])
        words += [self.pick(MIDDLE) for _ in range(count)]
        words.append(self.pick(GIVEN))
        for i in range(len(words)):
            if self.rng.random() < 0.18:
                words[i] = self.made_up()
        name = " ".join(words)
        if self.rng.random() < 0.07:
            name = name.upper()
        if self.rng.random() < 0.05:
            name = self.pick(("TS. ", "TS.", "PGS.TS. ", "PGS. TS. ", "ThS. ", "BS. ")) + name
        return name

    def title(self) -> str:
        rng = self.rng
        form = rng.random()
        if form < 0.3:
            return self.pick(("KT. {}", "KT.{}", "KT. {}", "Q. {}")).format(self.pick(HEADS))
        if form < 0.4:
            return self.pick(("TM. ", "TL. ", "TUQ. ")) + self.pick(BODIES + HEADS)
        if form < 0.5:
            return " ".join(self.made_up().upper() for _ in range(rng.integers(1, 4)))
        return self.pick(DEPUTIES).format(self.pick(HEADS))
