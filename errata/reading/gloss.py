"""The commonest words of Chinese, Japanese, Korean and Russian notes beside formulas, put into English: 假设 is
suppose, где is where.

Reasons why a relation may be no claim are looked for in English words. A text that has none of them may still say
"if", "suppose" or "independent"; what it says beyond these few words stays unread.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

_FOREIGN = re.compile(r"[\u0400-\u04ff\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uffef]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_JAPANESE = (
    (r"仮定|とする|とおく|と[お置]くと|と置[くき]", "suppose"), (r"ならば|のとき|の(?:場合|時)|すれば", "when"),
    (r"ただし|ここで|において|とすると", "where"), (r"(?:ゼロ|零)平均|平均(?:が|は)?\s*(?:\$?0|ゼロ|零)", "zero mean"),
    (r"の?制約", "the condition "), (r"満たす", "such that"), (r"置き換え|代入", "substituting"),
    (r"(?:成り?立た|成立し|成り立ってい)ない|正しくない|誤[りっ]|間違|誤解", "wrong incorrect"),
    (r"矛盾|背理法", "contradiction"),
    (r"近似|およそ|約(?=\s*\$?\d)|漸近", "approximately"), (r"解[くいけき]|求解|方程式", "solve"),
    (r"特別な場合|特殊な場合|特に", "special case"), (r"(?:要求|必要|し)たい|必要", "require"),
    (r"互いに排反|排反", "mutually exclusive"), (r"無相関", "uncorrelated"), (r"不偏", "unbiased"),
    (r"可逆行列|正則行列", "invertible matrix"), (r"対称行列", "symmetric matrix"), (r"直交", "orthogonal"),
    (r"同じ|等しい|一致|同一", "same equal"), (r"二値", "binary indicator"), (r"マルコフ", "Markov"),
    (r"なぜ|理由を|示せ|証明せよ", "why"),
)  # fmt: skip
_CHINESE = (
    (r"[。！？；]", ". "), (r"[，、：]", ", "), (r"（", "("), (r"）", ")"),
    (r"令(?=[^。，；]{0,80}(?:为|等于)\s*\$?(?:零|0))|置零", "setting to zero"),
    (r"独立同分布", "i.i.d. independent"), (r"(?:不|互不)相关", "uncorrelated"), (r"独立", "independent"),
    (r"假设|假定|不妨设|若(?!干)|如果|假如", "suppose"), (r"(?<![应适相])当(?![前然中])", "when"), (r"其中", "where"),
    (r"(?<![命])令", "let"), (r"(?<![假建])设(?![计置备定])|记(?:作|为)?|定义|称", "let"),
    (r"使得|使(?!用)", "such that"),
    (r"近似|约等于|大约", "approximately"),
    (r"求解|解得|解方程|方程组|联立", "solve"), (r"特例|特殊情况|特别地", "special case"),
    (r"需要|要求|希望", "require"),
    (r"の?条件(?![付下]|\s*independent|概率|期望|分布|独立|熵|密度|均值|方差|似然)", "the condition "),
    (r"正交矩阵|旋转矩阵", "orthogonal matrix"), (r"对称矩阵", "symmetric matrix"),
    (r"可逆矩阵|非奇异矩阵", "invertible matrix"),
    (r"(?<=\$)\s*(?:是|为)(?:一个)?(?=\s*orthogonal|\s*symmetric)", "is a"),
    (r"正交|酉|特征值|特征向量|特征分解|奇异值", "orthogonal eigen singular"), (r"对称", "symmetric"),
    (r"对角", "diagonal"), (r"单位向量|归一化|标准化", "normalized unit"), (r"投影", "projection"),
    (r"中心化|零均值|均值(?:为零|为\s*\$?0)", "centred zero mean"), (r"均匀", "uniform"),
    (r"相同|相等|一样|同一", "same equal"), (r"二值|二元|指示函数|示性|伯努利|[01]\s*或\s*[01]", "binary indicator"),
    (r"马尔[可科]夫", "Markov"), (r"互斥|不相交", "mutually exclusive"), (r"平稳", "stationary"),
    (r"错误|不正确|不成立|不严谨", "wrong incorrect"), (r"矛盾|反证", "contradiction"), (r"无偏", "unbiased"),
    (r"求和为\s*\$?1|和为\s*\$?1", "sum to one"), (r"(?:微分|差分)方程", "differential equation"),
)  # fmt: skip
_RUSSIAN = (
    (r"независим\w*", "independent"), (r"некоррелир\w*", "uncorrelated"),
    (r"предполож\w*|предполаг\w*|допуст\w*|если", "suppose"), (r"когда|при(?= \$)", "when"), (r"где", "where"),
    (r"пусть|обознач\w*|положим|рассмотрим", "let"), (r"так(?:ой|ая|ое|ие), что|чтобы", "such that"),
    (r"приближ\w*|примерно|приблизительно|асимптотич\w*", "approximately"),
    (r"приравн\w*|равн\w* нулю", "setting to zero"), (r"реш(?:ить|им|ая|ив|ение|ая)\b", "solve"),
    (r"частн\w+ случа\w*", "special case"), (r"треб\w*|хотим|хочется", "require"),
    (r"ортогональн\w*|ортонормир\w*|собственн\w+|спектральн\w+|сингулярн\w+", "orthogonal eigen singular"),
    (r"симметри\w*", "symmetric"), (r"диагональн\w*", "diagonal"), (r"нормир\w*|единичн\w*", "normalized unit"),
    (r"проекц\w*|проектор\w*", "projection"), (r"центрир\w*|нулев\w+ (?:средн|матож|мат)\w*", "centred zero mean"),
    (r"равномерн\w*", "uniform"), (r"одинаков\w*|совпада\w*|равны", "same equal"),
    (r"бинарн\w*|индикатор\w*|бернулли", "binary indicator"), (r"марковск\w*", "Markov"),
    (r"несовместн\w*|непересека\w*", "mutually exclusive"), (r"стационарн\w*", "stationary"),
    (r"неверн\w*|ошибочн\w*|неправильн\w*", "wrong incorrect"), (r"противореч\w*", "contradiction"),
    (r"несмещ\w*", "unbiased"), (r"дифференциальн\w+ уравнени\w*", "differential equation"),
)  # fmt: skip
_KOREAN = (
    (r"(?:이|가|도)?\s*(?:가능(?:하다|합니다)?|성립할 수 (?:있다|있음))(?![성한])", "is possible"),
    (r"가정|만약|만일", "suppose"), (r"(?:일|할) 때|(?:인|이면)?\s*경우", "when"), (r"여기서", "where"),
    (r"로 놓[으자]|로 두[면자]|라 하자|라고 하자|정의", "let"), (r"설정", "setting"), (r"독립", "independent"),
    (r"근사", "approximately"), (r"풀면|방정식", "solve"), (r"모순|귀류", "contradiction"), (r"조건", "the condition "),
    (r"극단(?:적\S*)?|특수한|특별한", "special case"), (r"서로소|겹치지 않\S*|배반", "mutually exclusive"),
    (r"균등", "uniform"), (r"대칭", "symmetric"), (r"대각", "diagonal"), (r"직교", "orthogonal"),
    (r"고유값|고유벡터|특이값", "eigen singular"), (r"무상관|상관이 없\S*", "uncorrelated"),
    (r"불편(?=\s|추정)", "unbiased"),
    (r"만족하(?:는|면|도록)", "such that"), (r"대입", "substituting"), (r"요구|필요", "require"),
    (r"성립하지 않\S*|거짓|틀[린렸]\S*|잘못\S*", "wrong incorrect"), (r"같다고|동일", "same equal"),
    (r"오목", "concave"), (r"볼록", "convex"), (r"중심화|평균(?:이|은|을)?\s*\$?0", "centred zero mean"),
    (r"정규화", "normalized unit"), (r"지시\s?함수|이진", "binary indicator"), (r"마르코프|마코프", "Markov"),
    (r"정상\s?(?:분포|상태|과정)", "stationary"),
)  # fmt: skip
Words = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _words(kana: bool) -> Words:
    """What is put into English, compiled when a text first needs it. Japanese comes before the others: it shares
    characters with Chinese, and only it has kana."""
    japanese = ((re.compile(pattern), f" {english} ") for pattern, english in (_JAPANESE if kana else ()))
    others = (
        (re.compile(pattern if words is not _RUSSIAN else rf"(?<!\w)(?:{pattern})", re.I), f" {english} ")
        for words in (_CHINESE, _KOREAN, _RUSSIAN)
        for pattern, english in words
    )
    return (*japanese, *others)


@lru_cache(maxsize=64)
def glossed(text: str) -> str:
    """The text with these words in English; itself where it has no letter of these scripts.

    Offsets into it are of no use outside.
    """
    if _FOREIGN.search(text) is None:
        return text
    for pattern, english in _words(_KANA.search(text) is not None):
        text = pattern.sub(english, text)
    return text
