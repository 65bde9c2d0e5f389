#!/bin/sh
# Refreshes the fonts and icons kept in this repository. Maintainers run it by hand (npm and uv needed); nothing else does.
set -eu

NOTO=5.3.0 NOTO_ARMENIAN=5.3.0 LUCIDE=1.62.0 FONTTOOLS=4.60.1
# Digits and punctuation apart from Latin letters: a page in another script needs the first and seldom the second.
SIGNS="U+0020-0040,U+005B-0060,U+007B-007E,U+00A0,U+00A7,U+00AB,U+00AD,U+00B0,U+00B7,U+00BB,U+00D7,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
LATIN="U+0041-005A,U+0061-007A,U+00A1-00A6,U+00A8-00AA,U+00AC,U+00AE-00AF,U+00B1-00B6,U+00B8-00BA,U+00BC-00D6,U+00D8-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC"
ICONS="arrow-left arrow-right building calendar check chevron-down circle-check clock download eye eye-off file file-check
filter flag globe history info key-round link lock log-out mail map-pin message-square pencil phone plus printer search
shield-check upload user users x"

root=$(cd "$(dirname "$0")/../.." && pwd)
out="$root/static/shared/wpi"
icons="$root/templates/components/icons"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/fonts" "$icons"

unpack() {  # unpack <package> <version> <folder>
    mkdir "$work/$3"
    (cd "$work" && tar xzf "$(npm pack --silent "$1@$2")" -C "$3" --strip-components=1)
}
unpack @fontsource/noto-sans "$NOTO" noto
unpack @fontsource/noto-sans-armenian "$NOTO_ARMENIAN" armenian
unpack lucide-static "$LUCIDE" lucide

subset() {  # subset <weight> <name> <signs>
    uv tool run --from "fonttools[woff]==$FONTTOOLS" pyftsubset "$work/noto/files/noto-sans-latin-$1-normal.woff2" \
        --unicodes="$3" --flavor=woff2 --layout-features='*' --output-file="$out/fonts/noto-sans-$2-$1-normal.woff2"
}
for weight in 400 700; do
    cp "$work/noto/files/noto-sans-cyrillic-$weight-normal.woff2" "$out/fonts/"
    subset "$weight" signs "$SIGNS"
    subset "$weight" latin "$LATIN"
    cp "$work/armenian/files/noto-sans-armenian-armenian-$weight-normal.woff2" "$out/fonts/noto-sans-armenian-$weight-normal.woff2"
done
cp "$work/noto/LICENSE" "$out/fonts/OFL-noto-sans.txt"
cp "$work/armenian/LICENSE" "$out/fonts/OFL-noto-sans-armenian.txt"
for name in $ICONS; do  # the drawing alone, on one line: the template tag adds the class and hides it from screen readers
    sed -e '/^<!--/d' -e '/^ *class=/d' -e '/^ *xmlns=/d' "$work/lucide/icons/$name.svg" | tr -s '\n ' ' ' |
        sed -e 's/ >/>/g' -e 's/> </></g' -e 's, />,/>,g' -e 's/ $//' > "$icons/$name.svg"
done
mkdir -p "$root/docs/licences"
cp "$work/lucide/LICENSE" "$root/docs/licences/lucide-ISC.txt"

{
    echo "# Files from elsewhere, kept here so that no build step is needed"
    echo
    echo "Refresh with \`wpis/ui/vendor.sh\`; versions are pinned at its top."
    echo
    echo "| package (npm) | version | licence | kept in |"
    echo "|---|---|---|---|"
    echo "| @fontsource/noto-sans | $NOTO | OFL-1.1 | \`fonts/\` (Latin in two parts, Cyrillic; 400, 700) |"
    echo "| @fontsource/noto-sans-armenian | $NOTO_ARMENIAN | OFL-1.1 | \`fonts/\` (Armenian; 400, 700) |"
    echo "| lucide-static | $LUCIDE | ISC | \`templates/components/icons/\` (all but \`warning.svg\`, ours); text in \`docs/licences/\` |"
    echo
    echo "| file | sha256 |"
    echo "|---|---|"
    (cd "$out" && for f in fonts/*.woff2; do echo "| $f | $(sha256sum "$f" | cut -d' ' -f1) |"; done)
} > "$out/VENDORED.md"
