"""Says whether a span can stand alone: it begins where a thought begins, ends where one ends, or has to be widened."""

from __future__ import annotations

import re

BESIDE = 4
"""Characters beside a span that tell whether a sentence begins or ends there."""
_HANGS = re.compile(
    r"(?:的(?!确)|等(?!待|级|候|到)|并(?!购|网|轨|联|入)|且|而(?!言)|以及|及(?!时|格|早|其)|和(?!谐|平|解|田)|与(?!会|其)|或(?!许)|也|还(?!款|贷|本|清)|又|均|都(?!市|江|匀)|则(?!是)"
    r"|(?:可以?(?![\u4e00-\u9fff]{0,2}性)|应当?|不得|不能|须|必须)(?=[\u4e00-\u9fff])|但|却|其中?(?![他它余次])|该|此(?!外|次|前|后)|上述|达(?![州拉])|共(?![同享产建和])|超过|约(?!定|谈|束))"
)
"""What a clause begins with that goes on with what was said before it."""
_OPENS_SENTENCE = re.compile(r"(?:^|[。！？!?;；:：\n])[\s\u3000]*$")
_LEADS_UP = re.compile(
    r"^(?:\s|同时|此外|另外|其中|并)*(?:对于?|为了?|在|针对|随着|根据|按照|依据|由于|因为?|自|从|截至|除|当|若|如果?|凡|通过|经|以|鉴于|围绕|结合|关于|据|受)"
)
"""What a clause begins with that says about what or when the next one tells something."""
_PURPOSE = re.compile(
    r"^\s*为了?(?:进一步|切实|更好地?|全面|全力|有效)*(?:解决|加强|做好|贯彻|落实|保障|确保|推动|促进|支持|帮助|应对|防止|避免|减轻|缓解|方便|满足|配合|打赢|防控|深入)"
)
_CLOSES_SENTENCE = re.compile(r"[\s\u3000]*[。！？!?；;\n]|\s*$")
_CLAUSES = re.compile(r"[，,]")
_TELLS = re.compile(
    r"应当?|必须|不得|可以?|给予|实行|实施|予以|提供|享受|免征|减免|延长|延期|采取|开展|加大|加强|建立|设立|推出|鼓励|支持|要求|负责|落实|做到|确保|保障|进行|执行|推进|推动|发放|安排|补贴|补助|奖励|降低|简化|优化|组织|派出|成立|达到?|超过|是|有|将"
)
_ENDS_OPEN = re.compile(
    r"(?:[时中后前下上间起内外者]|的|以来|期间|情况下|基础上|过程中|方面|以及|和|与|或|对|在|为|并|、)$"
)


def begins_whole(text: str, before: str) -> bool:
    """Whether `text`, which stands behind `before`, doesn't begin with what goes on with a clause cut off."""
    return bool(_OPENS_SENTENCE.search(before)) or not _HANGS.match(text.lstrip())


def ends_whole(text: str, after: str) -> bool:
    """Whether `text`, which stands before `after`, doesn't end where a clause has only led up to the next."""
    if _CLOSES_SENTENCE.match(after) or text.rstrip()[-1:] in "。！？!?；;":
        return True
    last = _CLAUSES.split(text.rstrip(" ，,：:"))[-1]
    return not (_ENDS_OPEN.search(last) or _PURPOSE.match(last) or (_LEADS_UP.match(last) and not _TELLS.search(last)))
