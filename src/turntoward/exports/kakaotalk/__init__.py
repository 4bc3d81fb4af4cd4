"""KakaoTalk's export: a text from phones and from Windows, a table from the Mac."""

from turntoward.exports.kakaotalk.export import FORMAT

__all__ = ["FORMAT"]
