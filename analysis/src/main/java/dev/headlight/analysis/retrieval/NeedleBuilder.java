package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.ChatText;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the prompts of a probe: cuts the haystack, puts the needle in, finds its tokens again. */
public final class NeedleBuilder {
  private static final List<String> STOPS = List.of(".", "\n");

  private final Model model;
  private final TextTokenizer tokenizer;
  private final NeedleSettings settings;
  private final Tokens haystack;

  /** A text of which a part is the needle. */
  private record Hidden(String text, int start, int end) {
    /** The same further behind. */
    Hidden after(int characters, String whole) {
      return new Hidden(whole, start + characters, end + characters);
    }
  }

  /** A prompt and where its needle stands in the text; -1 where the text lacks it. */
  private record Prompt(Tokens tokens, int start, int end) {}

  private NeedleBuilder(Model model, TextTokenizer tokenizer, NeedleSettings settings) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.settings = settings;
    haystack = tokenizer.encode(settings.haystack().strip(), false);
  }

  /**
   * Makes every prompt.
   *
   * @throws HeadlightException when the model has no tokenizer or (if chat was asked for) no chat
   *     template, the haystack is too short for a length, or a length is too short for the question
   *     or too long for the model
   */
  public static NeedleGrid build(Model model, NeedleSettings settings) {
    TextTokenizer tokenizer =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.MODEL,
                        model.name()
                            + " has no tokenizer.json, so no haystack can be made for it; give"
                            + " episodes as ids"));
    return new NeedleBuilder(model, tokenizer, settings).grid();
  }

  private NeedleGrid grid() {
    List<NeedleGrid.Cell> cells = new ArrayList<>();
    for (int l = 0; l < settings.lengths().size(); l++) {
      for (int d = 0; d < settings.depths().size(); d++) {
        for (int n = 0; n < settings.needles().size(); n++) {
          cells.add(cell(l, d, n));
        }
      }
    }
    return new NeedleGrid(settings, cells);
  }

  private NeedleGrid.Cell cell(int l, int d, int n) {
    Needle needle = settings.needles().get(n);
    String hay = cut(settings.lengths().get(l), needle);
    Prompt prompt = prompt(hidden(hay, settings.depths().get(d), needle), needle);
    int[] span = span(prompt);
    if (span == null) {
      String problem =
          "the needle \"%s\" is not among the tokens of the prompt, as the tokenizer or the chat"
              + " template wrote it otherwise";
      return new NeedleGrid.Cell(l, d, n, Optional.empty(), problem.formatted(needle.sentence()));
    }
    Episode episode =
        new Episode(
            prompt.tokens().ids(),
            span[0],
            span[1],
            new Answer.Words(needle.answer()),
            settings.maxNew(),
            STOPS);
    return new NeedleGrid.Cell(l, d, n, Optional.of(episode), "");
  }

  /** As much of the haystack as a prompt of this length has room for. */
  private String cut(int length, Needle needle) {
    int around = prompt(hidden("", 0, needle), needle).tokens().size();
    int room = length - around;
    int positions = model.spec().maxPositions();
    int most = positions - settings.maxNew();
    if (length > most) {
      throw wrong(
          "a prompt of %d tokens and an answer of %d do not fit the %d positions of %s; ask for %d tokens at most"
              .formatted(length, settings.maxNew(), positions, model.name(), most));
    }
    if (room < 1) {
      throw wrong(
          "a prompt of %d tokens has no room for a haystack: needle and question take %d; ask for more"
              .formatted(length, around));
    }
    if (room > haystack.size()) {
      throw wrong(
          "the haystack has %d tokens, a prompt of %d needs %d of it; give a longer text, or ask for %d tokens at most"
              .formatted(haystack.size(), length, room, haystack.size() + around));
    }
    return haystack.text().substring(0, haystack.end(room - 1)).strip();
  }

  private static HeadlightException wrong(String text) {
    return new HeadlightException(Kind.INPUT, text);
  }

  /** Puts the needle in at the last sentence end before the depth. */
  private Hidden hidden(String hay, double depth, Needle needle) {
    int at = depth >= 1 ? hay.length() : sentenceEnd(hay, (int) (hay.length() * depth));
    String before = hay.substring(0, at).stripTrailing();
    String after = hay.substring(at).stripLeading();
    String front = before.isEmpty() ? "" : before + " ";
    String text = front + needle.sentence() + (after.isEmpty() ? "" : " " + after);
    boolean whole = settings.span() == NeedleSettings.Span.SENTENCE;
    int inside = whole ? 0 : needle.sentence().indexOf(needle.answer());
    int size = whole ? needle.sentence().length() : needle.answer().length();
    int start = front.length() + inside;
    return new Hidden(text, start, start + size);
  }

  private static int sentenceEnd(String text, int before) {
    for (int i = before - 1; i > 0; i--) {
      if (".?!".indexOf(text.charAt(i - 1)) >= 0 && Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return 0;
  }

  private Prompt prompt(Hidden hidden, Needle needle) {
    if (settings.form() instanceof NeedleSettings.Chatting chat) {
      return chat(hidden, needle, chat);
    }
    String cue = needle.cue().isEmpty() ? "" : " " + needle.cue();
    String text = hidden.text() + "\n\nQuestion: " + needle.question() + "\nAnswer:" + cue;
    return new Prompt(tokenizer.encode(text), hidden.start(), hidden.end());
  }

  private Prompt chat(Hidden hidden, Needle needle, NeedleSettings.Chatting chat) {
    List<ChatMessage> turns = new ArrayList<>();
    chat.system().ifPresent(s -> turns.add(new ChatMessage(ChatMessage.SYSTEM, s)));
    turns.add(new ChatMessage(ChatMessage.USER, hidden.text() + "\n\n" + needle.question()));
    ChatPrompt prompt = tokenizer.encode(Chat.of(turns), Bos.DEFAULT);
    List<ChatText.Turn> written = prompt.written().turns();
    ChatText.Turn user = written.get(written.size() - 1);
    if (!user.applied()) {
      return new Prompt(prompt.tokens(), -1, -1);
    }
    Hidden there = hidden.after(user.start(), prompt.written().text());
    return new Prompt(prompt.tokens(), there.start(), there.end());
  }

  /**
   * The needle's tokens: those that begin in it, at most with the space in front; null when there
   * is none. A token that begins before is shared with the haystack and is not the needle's.
   */
  private static int[] span(Prompt prompt) {
    Tokens tokens = prompt.tokens();
    int first = -1;
    int end = -1;
    for (int i = 0; i < tokens.size() && prompt.start() >= 0; i++) {
      boolean inside =
          tokens.end(i) > prompt.start()
              && tokens.start(i) < prompt.end()
              && tokens.start(i) >= prompt.start() - 1;
      first = inside && first < 0 ? i : first;
      end = inside ? i + 1 : end;
    }
    return first < 0 ? null : new int[] {first, end};
  }
}
