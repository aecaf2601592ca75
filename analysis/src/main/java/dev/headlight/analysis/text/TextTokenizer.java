package dev.headlight.analysis.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model's tokenizer.json. Text of any length is encoded whole: nothing is cut and nothing is
 * padded, whatever the file says. Safe to use from several threads, one at a time.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final Map<String, String> WHOLE =
      Map.of("truncation", "false", "padding", "false");

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final SpecialIds specialIds;
  private final Labels labels;
  private final Optional<ChatTemplate> chatTemplate;

  private TextTokenizer(
      Path file,
      HuggingFaceTokenizer tokenizer,
      Vocabulary vocabulary,
      SpecialIds specialIds,
      Optional<ChatTemplate> chatTemplate) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.specialIds = specialIds;
    this.labels = new Labels(vocabulary);
    this.chatTemplate = chatTemplate;
  }

  /**
   * Opens the tokenizer of a model.
   *
   * @return empty if the folder has no tokenizer.json: such a model still takes ids
   * @throws TokenizerException if the file is there and cannot be used
   */
  public static Optional<TextTokenizer> open(Checkpoint checkpoint) {
    return checkpoint.file("tokenizer.json").map(file -> open(checkpoint, file));
  }

  private static TextTokenizer open(Checkpoint checkpoint, Path file) {
    Vocabulary vocabulary = Vocabulary.read(file);
    SpecialIds specialIds = new SpecialIds(checkpoint, vocabulary);
    return new TextTokenizer(
        file,
        load(file),
        vocabulary,
        specialIds,
        ChatTemplate.open(checkpoint, specialIds.spellings()));
  }

  private static HuggingFaceTokenizer load(Path file) {
    stayAtHome();
    try (InputStream in = Files.newInputStream(file)) {
      return HuggingFaceTokenizer.newInstance(in, WHOLE);
    } catch (IOException | RuntimeException e) {
      throw Vocabulary.bad(file, e);
    } catch (LinkageError e) {
      throw new TokenizerException(
          Kind.MODEL,
          "the native tokenizers library does not load on this system (%s); give ids instead of text."
              .formatted(e.getMessage()),
          e);
    }
  }

  /**
   * DJL reports its use to its makers from cloud machines unless told not to; nothing leaves the
   * user's machine.
   */
  private static void stayAtHome() {
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** Encodes with the special tokens the tokenizer's own post-processor adds. */
  public Tokens encode(String text) {
    return encode(text, true, Bos.DEFAULT);
  }

  /**
   * Encodes a text.
   *
   * @param special whether the post-processor adds its special tokens; those written in the text
   *     are found either way
   */
  public Tokens encode(String text, boolean special) {
    return encode(text, special, Bos.DEFAULT);
  }

  /**
   * Encodes a text with the post-processor's special tokens, but the beginning as asked.
   *
   * @throws TokenizerException if a beginning is asked for and the tokenizer has no such token
   */
  public Tokens encode(String text, Bos bos) {
    return encode(text, true, bos);
  }

  private synchronized Tokens encode(String text, boolean special, Bos bos) {
    Encoding encoding = tokenizer.encode(withoutLoneSurrogates(text), special, false);
    return applyBos(new TokenList(text, encoding), bos).tokens(this);
  }

  /**
   * Encodes a conversation through the model's chat template. The post-processor adds nothing to
   * what the template wrote, so that there is never a second beginning.
   *
   * @param bos {@code ON} puts a beginning in front where the template wrote none, {@code OFF}
   *     takes the template's away
   * @throws TokenizerException if the tokenizer has no chat template, or the template refuses the
   *     turns
   */
  public ChatPrompt encode(Chat chat, Bos bos) {
    return encode(template().apply(chat), bos);
  }

  /**
   * Encodes what a chat template wrote, and what else stands in it, such as image tokens.
   *
   * @param bos as of {@link #encode(Chat, Bos)}
   */
  public ChatPrompt encode(ChatText written, Bos bos) {
    return new ChatPrompt(written, encodeWritten(written.text(), bos));
  }

  /**
   * The model's chat template.
   *
   * @throws TokenizerException if it has none
   */
  public ChatTemplate template() {
    return chatTemplate.orElseThrow(this::noTemplate);
  }

  private synchronized Tokens encodeWritten(String text, Bos bos) {
    Encoding encoding = tokenizer.encode(withoutLoneSurrogates(text), false, false);
    TokenList list = new TokenList(text, encoding);
    OptionalInt id = specialIds.bos();
    boolean written = id.isPresent() && list.startsWith(id.getAsInt());
    if (bos == Bos.OFF && written) {
      return list.withoutFirst().tokens(this);
    }
    return (written ? list : applyBos(list, bos)).tokens(this);
  }

  private TokenizerException noTemplate() {
    return new TokenizerException(
        Kind.INPUT,
        file.resolveSibling("tokenizer_config.json")
            + ": has no chat_template, so this model takes no chat turns; give plain text.");
  }

  private TokenList applyBos(TokenList list, Bos bos) {
    OptionalInt id = specialIds.bos();
    boolean there = id.isPresent() && list.startsWithAdded(id.getAsInt());
    if (bos == Bos.ON && id.isEmpty()) {
      throw new TokenizerException(
          Kind.INPUT,
          file
              + ": a beginning-of-sequence token was asked for, this tokenizer has none; leave the option out.");
    }
    if (bos == Bos.ON && !there) {
      return list.withFirst(id.getAsInt());
    }
    return bos == Bos.OFF && there ? list.withoutFirst() : list;
  }

  /** The text of some ids, special tokens included. */
  public String decode(int... ids) {
    return decode(ids, false);
  }

  /**
   * The text of some ids. Ids the vocabulary does not have give nothing; incomplete characters give
   * U+FFFD.
   *
   * @param skipSpecial leave special tokens out
   */
  public synchronized String decode(int[] ids, boolean skipSpecial) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
  }

  /** The vocabulary's spelling of an id; {@code ⟨id⟩} if it has none. */
  public String piece(int id) {
    String piece = vocabulary.piece(id);
    return piece == null ? Labels.unknown(id) : piece;
  }

  /** The readable label of one id by itself; in a sequence use {@link #labels}. */
  public String label(int id) {
    return labels.of(new int[] {id}).get(0);
  }

  /** The readable labels of a sequence, where neighbours complete each other's characters. */
  public List<String> labels(int[] ids) {
    return labels.of(ids);
  }

  /** One past the largest id in tokenizer.json; the model's embedding may have more rows. */
  public int vocabSize() {
    return vocabulary.size();
  }

  /** The beginning-of-sequence id; empty if the tokenizer has none. */
  public OptionalInt bosId() {
    return specialIds.bos();
  }

  /** The ids that end a generation; may be empty. */
  public List<Integer> eosIds() {
    return specialIds.eos();
  }

  /** Whether the tokenizer's files call this id special. */
  public boolean isSpecial(int id) {
    return specialIds.isSpecial(id);
  }

  /** The model's chat template; empty if it has none. */
  public Optional<ChatTemplate> chatTemplate() {
    return chatTemplate;
  }

  /** tokenizer.json. */
  public Path file() {
    return file;
  }

  @Override
  public synchronized void close() {
    tokenizer.close();
  }

  /**
   * Half a character cannot be encoded as UTF-8; the replacement has the same length, so spans stay
   * right.
   */
  private static String withoutLoneSurrogates(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean == null ? text : clean.toString();
  }
}
