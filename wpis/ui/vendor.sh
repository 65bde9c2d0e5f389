#!/bin/sh
# Refreshes the fonts and icons kept in this repository. Maintainers run it by hand (npm needed); nothing else does.
set -eu

NOTO=5.3.0 NOTO_ARMENIAN=5.3.0 LUCIDE=1.62.0
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

for weight in 400 700; do
    for script in latin cyrillic; do
        cp "$work/noto/files/noto-sans-$script-$weight-normal.woff2" "$out/fonts/"
    done
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
    echo "| @fontsource/noto-sans | $NOTO | OFL-1.1 | \`fonts/\` (Latin, Cyrillic; 400, 700) |"
    echo "| @fontsource/noto-sans-armenian | $NOTO_ARMENIAN | OFL-1.1 | \`fonts/\` (Armenian; 400, 700) |"
    echo "| lucide-static | $LUCIDE | ISC | \`templates/components/icons/\` (all but \`warning.svg\`, ours); text in \`docs/licences/\` |"
    echo
    echo "| file | sha256 |"
    echo "|---|---|"
    (cd "$out" && for f in fonts/*.woff2; do echo "| $f | $(sha256sum "$f" | cut -d' ' -f1) |"; done)
} > "$out/VENDORED.md"
