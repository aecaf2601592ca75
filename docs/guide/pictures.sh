#!/bin/sh
# Takes the pictures of the guide from the program, without a display. Usage: pictures.sh [SMOLLM2_FOLDER]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
out=$root/docs/guide/pictures
cd "$root"
mvn -q -B -Dquick -DskipTests -Dspotless.check.skip=true package
