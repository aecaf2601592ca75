package dev.headlight.analysis.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ids, spans and flags of an encoding while they are put together. */
final class TokenList {
  private final String text;
  private final int[] ids;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] added;

  TokenList(String text, Encoding encoding) {
    this.text = text;
    this.ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
    this.starts = new int[ids.length];
    this.ends = new int[ids.length];
    this.added = new boolean[ids.length];
    long[] mask = encoding.getSpecialTokenMask();
    CharSpan[] spans = encoding.getCharTokenSpans();
    Utf16Offsets offsets = new Utf16Offsets(text);
    for (int i = 0; i < ids.length; i++) {
      added[i] = mask[i] != 0;
      if (spans[i] != null && !added[i]) {
        starts[i] = offsets.of(spans[i].getStart());
        ends[i] = offsets.of(spans[i].getEnd());
      }
    }
  }

  private TokenList(String text, int[] ids, int[] starts, int[] ends, boolean[] added) {
    this.text = text;
    this.ids = ids;
    this.starts = starts;
    this.ends = ends;
    this.added = added;
  }

  /** Whether the post-processor put this id in front. */
  boolean startsWithAdded(int id) {
    return ids.length > 0 && ids[0] == id && added[0];
  }

  boolean startsWith(int id) {
    return ids.length > 0 && ids[0] == id;
  }

  TokenList withFirst(int id) {
    int[] newIds = shifted(ids, 1);
    newIds[0] = id;
    boolean[] newAdded = new boolean[newIds.length];
    System.arraycopy(added, 0, newAdded, 1, added.length);
    newAdded[0] = true;
    return new TokenList(text, newIds, shifted(starts, 1), shifted(ends, 1), newAdded);
  }

  TokenList withoutFirst() {
    boolean[] rest = Arrays.copyOfRange(added, 1, added.length);
    return new TokenList(text, shifted(ids, -1), shifted(starts, -1), shifted(ends, -1), rest);
  }

  private static int[] shifted(int[] values, int by) {
    int[] moved = new int[values.length + by];
    int from = Math.max(0, -by);
    System.arraycopy(values, from, moved, Math.max(0, by), values.length - from);
    return moved;
  }

  Tokens tokens(TextTokenizer tokenizer) {
    List<String> pieces = new ArrayList<>(ids.length);
    boolean[] special = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      pieces.add(tokenizer.piece(ids[i]));
      special[i] = added[i] || tokenizer.isSpecial(ids[i]);
    }
    return new Tokens(text, ids, pieces, tokenizer.labels(ids), starts, ends, special);
  }
}
