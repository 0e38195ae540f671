"""Colours of the fair's papers, named after the lacquer painter's materials."""

from reportlab.lib.colors import HexColor

THEN = HexColor("#231713")
THEN_2 = HexColor("#5A4A41")
CANH_GIAN = HexColor("#4A180F")
CANH_GIAN_DAM = HexColor("#3A120B")
SON = HexColor("#A8281A")
VANG = HexColor("#C8973A")
VANG_MAI = HexColor("#E3B75E")
VANG_SANG = HexColor("#EBCB82")
VANG_DAM = HexColor("#74500E")
VANG_NHAT = HexColor("#F6E9C9")
VO_TRUNG = HexColor("#F7F2E8")
KE = HexColor("#DFD3BF")
KE_DAM = HexColor("#8C7A66")
WHITE = HexColor("#FFFFFF")
