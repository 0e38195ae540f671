"""Letterboxes and sites that everybody may have: who shares one shares nothing."""

_FREE_MAIL = """
gmail googlemail outlook hotmail live msn yahoo ymail rocketmail icloud me mac aol gmx web t-online freenet orange
wanadoo laposte free sfr libero virgilio mail yandex ya rambler bk inbox list proton protonmail pm zoho fastmail qq 163
126 yeah sina foxmail naver daum hanmail kakao nate docomo ezweb softbank nifty biglobe ocn so-net telenet skynet ziggo
kpn xs4all btinternet sky virginmedia comcast verizon att sbcglobal shaw rogers bigpond optusnet rediffmail uol bol
terra seznam centrum o2 wp onet interia vnn fpt viettel example
"""
_SHARED_SITES = """
facebook instagram linkedin alibaba aliexpress etsy amazon ebay shopee lazada tiktok youtube wordpress blogspot wix
wixsite weebly shopify myshopify business linktr notion google sites github
"""
_SECOND_LEVEL = "co com net org ac edu gov ne or go"

FREE_MAIL = frozenset(_FREE_MAIL.split())
SHARED_SITES = frozenset(_SHARED_SITES.split())
# Below a country these are no house: morita.co.jp is one, co.jp is not.
SECOND_LEVEL = frozenset(_SECOND_LEVEL.split())
