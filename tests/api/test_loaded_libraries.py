"""What is loaded to speak with a server, and what `requests` does without the rest."""

import subprocess
import sys
from calendar import timegm
from email.utils import formatdate, parsedate_to_datetime

import pytest

from tray.api.remote_values import ResponseInfo
from tray.api.response import Request, Response


def test_nothing_that_guesses_encodings_is_loaded() -> None:
    program = """
import warnings
warnings.simplefilter("error")
import sys
import tray.api.connect
import requests
print(sorted(name for name in sys.modules if name.startswith(("chardet", "charset_normalizer"))))
answer = requests.Response()
answer._content = "写".encode()
print(answer.text == "写")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["['charset_normalizer']", "True"]


def test_no_parser_of_python_is_loaded() -> None:
    program = "import sys, tray.api.connect; print({'inspect', 'ast', 'dis'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode() == "set()\n"


@pytest.mark.parametrize("moment", [0, 951_782_399, 1_734_311_900, 1_798_761_599, 4_102_444_800])
def test_the_date_of_an_answer_is_read_as_the_library_would(moment: int) -> None:
    date = formatdate(moment, usegmt=True)
    assert timegm(parsedate_to_datetime(date).utctimetuple()) == moment
    assert info(date).server_time == moment


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Monday, 16-Dec-24 01:18:20 GMT", 1_734_311_900),
        ("Mon, 16 Dec 2024 01:18:20 -0000", 1_734_311_900),
        ("Mon, 31 Feb 2024 01:18:20 GMT", None),
        ("Mon, 16 Xyz 2024 01:18:20 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_other_dates_are_read_as_well_as_can_be(date: str, moment: int | None) -> None:
    assert info(date).server_time == moment


def info(date: str) -> ResponseInfo:
    return Response(Request("GET", "/me"), 200, {"Date": date}).info("user")
