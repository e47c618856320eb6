"""Make a library of the sample briefs when the user has none yet; otherwise do nothing."""

import subprocess
import sys
from pathlib import Path

from bot.errors import BotError
from bot.settings import load_settings

REPO = Path(__file__).resolve().parents[1]


def main() -> int:
    try:
        home = load_settings().home
    except BotError as error:
        sys.exit(str(error))
    if (home / "CURRENT").exists():
        return 0
    sys.stderr.write(f"还没有资料库，先用示例简报建一个：{home}\n")
    zhengwen = Path(sys.executable).with_name("zhengwen")
    return subprocess.run([zhengwen, "ingest", "--home", home, "--sample", REPO / "samples"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
