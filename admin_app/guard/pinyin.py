"""How Chinese characters are read, without tones; what letters typed into a search may stand for. Pure.

A character is read one way wherever it stands, but for those of ``SEVERAL``, which count in each of their readings: so
单 is found as dan and as shan, and no surname is misread. The readings come from pypinyin, on first use and without its
table of phrases (13 MB instead of 57, a fifth of the time): a reading that depended on the neighbours would make a
fragment of a text read otherwise than the text.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

#: characters that are read in more ways than one in names of people, places and firms, the usual one first
SEVERAL = """
单 dan shan, 仇 chou qiu, 解 jie xie, 查 cha zha, 曾 zeng ceng, 区 qu ou, 盖 gai ge, 朴 pu piao, 覃 qin tan, 翟 zhai di,
尉 wei yu, 蔚 wei yu, 员 yuan yun, 缪 miao mou, 牟 mou mu, 贾 jia gu, 晟 sheng cheng, 盛 sheng cheng, 乘 cheng sheng,
茜 qian xi, 俞 yu shu, 谌 chen shen, 召 zhao shao, 祭 ji zhai, 万 wan mo, 种 zhong chong, 秘 mi bi, 郇 xun huan, 乜 nie mie,
句 ju gou, 繁 fan po, 莘 xin shen, 隗 wei kui, 乐 le yue, 重 zhong chong, 长 chang zhang, 行 hang xing, 都 du dou,
厦 sha xia, 朝 chao zhao, 调 diao tiao, 藏 cang zang, 传 chuan zhuan, 会 hui kuai, 还 hai huan, 参 can shen, 差 cha chai,
弹 dan tan, 得 de dei, 和 he huo, 降 jiang xiang, 角 jiao jue, 觉 jue jiao, 劲 jing jin, 卡 ka qia, 壳 ke qiao, 落 luo la,
率 shuai lv, 模 mo mu, 便 bian pian, 泊 bo po, 宿 su xiu, 石 shi dan, 似 si shi, 提 ti di, 校 xiao jiao, 系 xi ji,
血 xue xie, 省 sheng xing, 车 che ju, 大 da dai, 奇 qi ji, 强 qiang jiang, 折 zhe she, 六 liu lu, 蚌 bang beng,
荥 xing ying, 浚 jun xun, 番 fan pan, 莞 guan wan, 铅 qian yan, 什 shi shen, 勒 le lei, 钥 yao yue, 薄 bo bao, 露 lu lou,
给 gei ji, 塞 sai se, 色 se shai, 识 shi zhi, 属 shu zhu, 扎 zha za, 择 ze zhai, 粘 zhan nian, 佛 fo fu, 骑 qi ji,
埔 pu bu, 涡 wo guo, 阿 a e, 地 di de, 柏 bai bo, 了 liao le, 着 zhe zhao zhuo, 圈 quan juan
"""
#: characters of names beyond GB 2312, whose 6,763 are the others that have readings here
RARE = (
    "玥珺喆堃昇燊犇骉羴燚垚翀旸晞暄煊琤珑頔彧赟皛璟瑄玗琬琰堉淏濛浠湉漪祎祺禛翊芃苡荇菡薇蘅諴谞鋆镕镓"
    "韫韵飏骁婳婠媖嫒嬿孺宸峣嵘嶙彣忞悦惇懿昉晗晔暻曈杋枥柠栩桉桢椋槿樾殷沄沅洺浛淇溦滢炘烜烨焜煦熠燏"
    "犟珅珈珩琎琛瑀瑢璠甄畇皞睿砚碧祁祐秾竑筠箐粲"
)
_FIGURES = re.compile(r"[0-9]+")
_LETTERS = re.compile(r"[a-z]{2,40}")
#: initials may be so many; so many ways to take one text are enough; of a syllable alone, so many may be meant
_INITIALS, _WAYS, _COMPLETIONS = 12, 4, 8
#: so many characters of a name decide where it stands, and numbers of so many figures
_SORTED_BY, _SORTED_FIGURES = 40, 12


@dataclass(frozen=True)
class Spelled:
    """One way to take letters: characters read as *whole* syllables one after another, then one that *begins* so.

    With *initials* every element is but the first letter of a reading.
    """

    whole: tuple[str, ...]
    begins: str
    initials: bool = False


def readings(character: str) -> tuple[str, ...]:
    """The ways *character* is read, the usual one first; empty for what is no Chinese character in use."""
    return () if character < "一" else _table().get(character, ())


@lru_cache(maxsize=500)
def spelled(text: str) -> tuple[Spelled, ...]:
    """What *text* may be in pinyin: ``wangjianguo``, ``wang jian g``, ``wjg``; nothing where it isn't letters alone."""
    letters = re.sub(r"[\s'’]", "", text).lower()
    if not _LETTERS.fullmatch(letters):
        return ()
    ways = [Spelled(whole, begins) for whole, begins in sorted(_ways(letters), key=lambda way: len(way[0]))[:_WAYS]]
    if len(letters) <= _INITIALS and all(map(characters, letters)):
        ways.append(Spelled(tuple(letters[:-1]), letters[-1], initials=True))
    return tuple(ways)


def _ways(letters: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Whole syllables and how the last one begins; a beginning alone only where few syllables begin so."""
    if 0 < len(completed(letters)) <= _COMPLETIONS:
        yield (), letters
    yield from _longer_ways(letters)


@lru_cache(maxsize=1000)
def _longer_ways(letters: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    ways = []
    for end in range(1, min(len(letters), 7)):
        first, rest = letters[:end], letters[end:]
        if first in _syllables():
            alone = [((), rest)] if completed(rest) else []
            ways += [((first, *whole), begins) for whole, begins in (*alone, *_longer_ways(rest))]
    return tuple(sorted(ways, key=lambda way: len(way[0]))[:_WAYS])


@lru_cache(maxsize=200)
def pattern(text: str) -> str:
    """A regular expression for the texts that *text* spells a part of; of one syllable alone, how they begin."""
    return "|".join(("" if one.whole else "^") + "".join(f"[{part}]" for part in _parts(one)) for one in spelled(text))


@lru_cache(maxsize=200)
def _matcher(text: str) -> re.Pattern[str]:
    return re.compile(pattern(text) or r"(?!)")


def sounds_like(value: str | None, text: str) -> bool:
    """Whether *text*, in pinyin, spells a part of *value*."""
    return value is not None and _matcher(text).search(value) is not None


def sort_text(value: str) -> str:
    """What *value* is sorted by: numbers by what they count, then letters, then Chinese by its usual reading.

    Characters read alike stay together, so that all 李 stand before the first 黎. The first forty characters decide.
    """
    counted = _FIGURES.sub(lambda figures: figures[0].zfill(_SORTED_FIGURES), value[:_SORTED_BY])
    return "".join(map(_sorted_by, counted))


@lru_cache(maxsize=8000)
def _sorted_by(character: str) -> str:
    ways = readings(character)
    return f"~{ways[0]}\x01{character}" if ways else character.lower()


def _parts(one: Spelled) -> Iterator[str]:
    for part in one.whole:
        yield characters(part) if one.initials else _syllables()[part]
    yield characters(one.begins)


@lru_cache(maxsize=1000)
def characters(beginning: str) -> str:
    """The characters of which a reading begins so."""
    return "".join(sorted({one for syllable in completed(beginning) for one in _syllables()[syllable]}))


@lru_cache(maxsize=1000)
def completed(beginning: str) -> tuple[str, ...]:
    """The syllables that begin so."""
    return tuple(sorted(syllable for syllable in _syllables() if syllable.startswith(beginning)))


@cache
def _syllables() -> dict[str, str]:
    """Syllable -> the characters read so."""
    found: dict[str, list[str]] = {}
    for character, ways in _table().items():
        for syllable in ways:
            found.setdefault(syllable, []).append(character)
    return {syllable: "".join(sorted(ones)) for syllable, ones in found.items()}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    usual = {one: pinyin_dict.get(ord(one), "").split(",")[0] for one in (*_gb2312(), *RARE)}
    read = {one: _typed(way) for one, way in usual.items() if way}
    del read["嗯"]  # a syllable of one consonant, which every text of initials would contain
    several = (one.split() for one in SEVERAL.replace("\n", " ").split(","))
    return read | {character: tuple(ways) for character, *ways in several}


def _gb2312() -> Iterator[str]:
    for row in range(0xB0, 0xF8):
        for place in range(0xA1, 0xFF):
            yield from bytes((row, place)).decode("gb2312", errors="ignore")


def _typed(way: str) -> tuple[str, ...]:
    """A reading as it is typed: without its tone, ü as v and as u."""
    marks = unicodedata.normalize("NFD", way).replace("u\u0308", "v")
    plain = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return (plain, plain.replace("v", "u")) if "v" in plain else (plain,)
