#!/bin/sh
# Makes the two files of letters beside it from Inter 4.001, with fonttools and brotli from PyPI: weights 400 to 600, kerning and tabular figures.
# inter.woff2 is loaded with each page; inter-ext.woff2 where a text has letters of it. Other scripts are written in the system's letters.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" @fontsource-variable/inter@5.3.0 >/dev/null
tar xzf "$work"/*.tgz -C "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install fonttools==4.68.0 brotli==1.2.1
subset() {
  "$work/venv/bin/fonttools" varLib.instancer -q "$work/package/files/inter-$1-wght-normal.woff2" wght=400:600 -o "$work/$1.ttf"
  "$work/venv/bin/pyftsubset" "$work/$1.ttf" --unicodes="$2" --layout-features=kern,mark,mkmk,ccmp,locl,tnum --no-hinting --flavor=woff2 --output-file="$3"
}
subset latin 'U+20-7E,U+A0-FF,U+131,U+152-153,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039,U+203A,U+20AC,U+2191,U+2193,U+2212' inter.woff2
subset latin-ext 'U+100-17F,U+218-21B,U+1E9E,U+20A0-20AB,U+20AD-20C0' inter-ext.woff2
cp "$work/package/LICENSE" OFL.txt
