"""Words that say nothing about what a question is after: words of grammar and asking, and words every policy holds."""

from __future__ import annotations

_STOP = """
什么 名字 姓名 啥意思 是 的 了 吗 呢 嘛 吧 么 啥 谁 哪 哪些 哪个 哪几 哪几种 哪几个 哪种 哪家 哪位 哪里 哪儿
哪座 哪项 哪一 哪一天 哪天 哪年 几 几个 几家 几种 多少 多大 多高 多长 多久 怎么 怎样 怎么样 如何 为何 为什么
何时 何 有何 有 没有 有没有 是否 能 不能 能否 能不能 可以 会 不会 应 应该 要 须 请问 请 一下 介绍 解释 告诉 我
你 您 他 它 我们 他们 这 那 这个 那个 这些 那些 这样 那样 这项 该 其 在 于 由 被 把 将 和 与 及 以及 或 或者 同
跟 对 对于 关于 为 为了 从 向 到 至 以 按 按照 根据 用 通过 上 中 下 里 内 外 前 后 时 等 也 都 还 又 再 就 才
只 并 而 且 但 则 若 如果 因 因为 所以 之 所 个 家 件 项 天 种 类 位 名 年 月 日 号 其中 分别 一共 总共 共 目前
现在 具体 主要 相关 有关 各 每 叫 做 作 让 使 给 过 着 得 地 很 最 更 比较 对比 相比 区别 差别 不同 差异 是什么
列出 列举 说 说明 规定 提出 明确 提到 文件 政策 一 两 二 三 四 五 六 七 八 九 十 大 第一 第二 第三 包括 都有
哪几条 方面 叫什么 怎么写 各地 各市 那条 这条 真的 听说 打算 哪边
必须 应当 自己 东西 每个 同一个 这种 那种 要建 还要 还能 还可以 要交 要不要 还需
这份 那份 到底 究竟 大概 能够 算不算 是不是 想要 得要 起来 出去 怎么办 需要 须要
"""
_GENERIC = """
目标 数量 规模 金额 情况 内容 问题 要求 工作 任务 措施 举措 单位 部门 机构 负责 牵头 责任 组织 探索 建立
开展 实施 推进 制定 加强 完善 支持 鼓励 推动 促进 提高 提升 设立 设置 构建 建设 培育 发展 进行 达到 超过 增长
提供 采取 落实 方式 名称 文号 时间 日期 意见 方案 办法 通知 提法 说法 做法 条文 部分 担任 实施意见 实施方案 城市
地区 省份 城 市 省 区 县 领域 重点 上限 比率 比例 下限 限额 最高 最低 最长 最短
最多 最少 最大 最小 至少 至多 数据 数字 今年 去年 允许 有用
满足 具备 符合 开始 正式 以前 之前 原来 原先 过去 从前 后来 今后 将来 当时
"""
_RELATIVE = """
办公室 设在 主任 副主任 组长 副组长 组成 成员 成员单位 召集人 副召集人 联系人 负责人 督促检查 监督检查
监督 检查 考核 评估 督查 经费 资金 费用 条件 材料 资料 程序 流程 手续 期限 时限 标准 处罚 罚款 奖励 补贴
补助 申请 办理 受理 施行 生效 范围 对象 适用 依据 电话 地址 额度 会议 召开 日常工作 例会 附件 步骤 时候 办 算
"""
STOP = frozenset(_STOP.split())
"""Never looked for."""
GENERIC = frozenset(_GENERIC.split())
"""Looked for, but finding them proves little, and a follow-up of nothing else names no topic."""
_ORGANS = """
办公室 设在 主任 副主任 组长 副组长 组成 成员 成员单位 召集人 副召集人 联系人 会议 召开 例会 日常工作
"""
ORGANS = frozenset(_ORGANS.split())
"""Those of them that a document has one of, whatever part of it is spoken of."""
RELATIVE = frozenset(_RELATIVE.split())
"""Looked for as any word, but parts of what nearly every policy sets up: of which one, a follow-up leaves unsaid."""
