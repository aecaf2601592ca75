package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template at its marks. White space is taken away as by Jinja2 with {@code trim_blocks} and
 * {@code lstrip_blocks}, which is how chat templates are rendered: the new line after a tag, and
 * blanks before a tag that begins its line.
 */
final class Splitter {
  private static final Pattern OPEN = Pattern.compile("\\{\\{|\\{%|\\{#");
  private static final Pattern RAW =
      Pattern.compile("\\{%([-+]?)\\s*raw\\s*([-+]?)%\\}", Pattern.DOTALL);
  private static final Pattern ENDRAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.DOTALL);

  private final String source;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private boolean lineStart = true;

  private Splitter(String source) {
    this.source = source;
  }

  static List<Piece> split(String template) {
    String lines = template.replace("\r\n", "\n").replace('\r', '\n');
    String source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    return new Splitter(source).split();
  }

  private List<Piece> split() {
    Matcher open = OPEN.matcher(source);
    while (open.find(at)) {
      int start = open.start();
      String mark = open.group();
      addData(source.substring(at, start), mark, sign(start + 2));
      Matcher raw = RAW.matcher(source).region(start, source.length());
      if (raw.lookingAt()) {
        raw(raw);
      } else if (mark.equals("{#")) {
        comment(start);
      } else {
        code(start, mark);
      }
    }
    add(source.substring(at), at);
    return pieces;
  }

  private char sign(int position) {
    char c = position < source.length() ? source.charAt(position) : ' ';
    return c == '-' || c == '+' ? c : ' ';
  }

  private void addData(String text, String mark, char sign) {
    String kept = text;
    if (sign == '-') {
      kept = text.stripTrailing();
    } else if (sign == ' ' && !mark.equals("{{")) {
      int line = text.lastIndexOf('\n') + 1;
      if ((line > 0 || lineStart) && text.substring(line).isBlank()) {
        kept = text.substring(0, line);
      }
    }
    add(kept, at);
  }

  private void add(String text, int from) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(Piece.Kind.DATA, text, List.of(), line(from)));
    }
  }

  private void raw(Matcher raw) {
    after(raw.end(), sign(raw.start(2)), true);
    Matcher end = ENDRAW.matcher(source);
    if (!end.find(at)) {
      throw new JinjaException("{% raw %} has no {% endraw %}").at(line(raw.start()));
    }
    addData(source.substring(at, end.start()), "{%", sign(end.start(1)));
    after(end.end(), sign(end.start(2)), true);
  }

  private void comment(int start) {
    int end = source.indexOf("#}", start + 2);
    if (end < 0) {
      throw new JinjaException("{# has no #}").at(line(start));
    }
    char sign = end > start + 2 ? sign(end - 1) : ' ';
    after(end + 2, sign, true);
  }

  private void code(int start, String mark) {
    boolean tag = mark.equals("{%");
    int from = start + 2 + (sign(start + 2) == ' ' ? 0 : 1);
    Lexer lexer = new Lexer(source, from, line(start), tag ? "%}" : "}}");
    List<Token> tokens = lexer.tokens();
    pieces.add(new Piece(tag ? Piece.Kind.TAG : Piece.Kind.OUTPUT, "", tokens, line(start)));
    after(lexer.end(), lexer.sign(), tag);
  }

  /** Goes on behind a closing mark and takes the white space it takes away. */
  private void after(int end, char sign, boolean tag) {
    at = end;
    if (sign == '-') {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    } else if (tag && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    lineStart = at > end && source.charAt(at - 1) == '\n';
  }

  private int line(int position) {
    return 1 + (int) source.substring(0, position).chars().filter(c -> c == '\n').count();
  }
}
