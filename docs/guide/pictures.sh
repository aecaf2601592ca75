#!/bin/sh
# Takes the pictures of the guide from the program, without a display. Usage: pictures.sh [SMOLLM2_FOLDER]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
out=$root/docs/guide/pictures
cd "$root"
mvn -q -B -Dquick -DskipTests -Dspotless.check.skip=true -pl app -am package dependency:build-classpath -Dmdep.outputFile=target/test.classpath
classpath=app/target/test-classes:app/target/classes:$(cat app/target/test.classpath)

# take NAME OPTION=VALUE…: options as in ScreenshotTool.
take() {
  name=$1
  shift
  java -Dglass.platform=Monocle -Dmonocle.platform=Headless -Dheadless.geometry=1920x1200-32 \
    -Dprism.order=sw -Dprism.text=t2k -Dprism.lcdtext=false \
    -cp "$classpath" dev.headlight.app.ScreenshotTool "$out/$name.png" model=sample:induction-2l "$@"
}

mkdir -p "$out"
take heads-light head=L1H3 cell=21,3
take head-lines head=L1H3 lines=true size=1280x800
take palette head=L1H3 palette=pr size=1280x800
take figure-dialog head=L1H3 dialog=figure
take compare-dark theme=dark head=L1H3 compare=RUNS "b=zero:L0H*" split=BOTTOM size=1440x1000
take sinks-dark model=sample:induction-2l theme=dark head=L1H3 sinks=true size=1440x1000
take history head=L1H3 cell=21,3 history=true size=1280x800
take compare-prompts head=L1H3 compare=PROMPTS \
  "b=The red fox met the old wolf near the river. The old wolf gave the golden key to the red fox."
take ablation-light model=sample:world-6l head=L2H0 ablation=L2H0,L2H4 size=1440x960
take circuits-light model=sample:world-6l head=L2H0 circuits=true size=1440x1350
take visual-light model=sample:shapes-vlm visual=0 head=L2H6 size=1640x1080
take visual-dark model=sample:shapes-vlm visual=1 head=L2H6 visual.map=MINUS_BLANK visual.style=SMOOTH visual.scanpath=true theme=dark size=1440x1080
fixtures=analysis/src/test/resources/parity
pictures=app/src/test/resources/pictures
take visual-texts model=$fixtures/clip visual=$pictures/shapes.png "prompt=10 11 12 2
30 31 2
7 90 45 60 2" size=1440x900
take visual-tiles model=$fixtures/smolvlm visual=$pictures/shapes.png \
  "prompt=$(cat $pictures/tiled.txt)" head=L1H1 theme=dark size=1440x900
take roles-light head=L1H3 roles=induction source=library size=1600x1000
if [ $# -gt 0 ]; then
  take smollm2-dark "model=$1" theme=dark head=L17H5 cell=43,14 sink=true
  names="When Mary and John went to the harbour, John gave the lantern to Mary. The lighthousekeeper unfathomably wrote the number seventeen on the door. When Mary and John went back to the harbour, John gave the lantern to"
  take head-words "model=$1" "prompt=$names" head=L17H5 cell=44,14 sink=true unit=WORD circuit=true find=Mary
  take head-text "model=$1" "prompt=$names" head=L17H5 cell=44,14 sink=true text=true limits=0,99%
  take heads-sorted "model=$1" theme=dark head=L17H5 grid=induction order=induction "filter=induction > .1" \
    chosen=L18H6,L17H3,L17H5 "group=induction heads"
  take roles-dark "model=$1" theme=dark head=L17H5 roles=induction source=library size=1600x1000
  take roles-find "model=$1" "prompt=$names" head=L17H5 roles=rule "rule=John|gave Mary|lantern" \
    pattern=./../.../..../...../....../......./......../........./........../.#........./..#........./...#........./....#........./.....#........./......#......... size=1600x1000
  take retrieval-dark "model=$1" theme=dark head=L18H6 retrieval=true size=1440x1000
  ioi="When Mary and John went to the store, John gave a drink to"
  take ablation-dark "model=$1" theme=dark "prompt=$ioi" head=L23H3 ablation=L23H3,L20H0,L17H4 probabilities=true \
    size=1440x1100
  take circuits-dark "model=$1" theme=dark "prompt=$ioi" head=L23H3 circuits=true size=1440x1150
  take prompt-chat "model=$1" "saved=Chat: a question" size=1280x900 head=L17H5
fi
