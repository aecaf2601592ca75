package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Statement.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tags of a template and what they hold. */
final class TemplateParser {
  private static final int DEEPEST = 100;

  private final List<Piece> pieces;
  private final Set<String> known;
  private int at;
  private int depth;

  private TemplateParser(List<Piece> pieces) {
    this.pieces = pieces;
    this.known = Set.of("for", "if", "set", "macro", "generation", "break", "continue", "with");
  }

  static List<Statement> parse(String template) {
    TemplateParser parser = new TemplateParser(Splitter.split(template));
    List<Statement> all = parser.body(Set.of());
    if (parser.at < parser.pieces.size()) {
      Token token = parser.pieces.get(parser.at).tokens().get(0);
      throw new JinjaException("{% " + token.text() + " %} has no beginning").at(token.line());
    }
    return all;
  }

  /** Statements up to a tag of one of these names, which is not taken. */
  private List<Statement> body(Set<String> ends) {
    if (++depth > DEEPEST) {
      throw new JinjaException("tags are nested more than " + DEEPEST + " deep");
    }
    List<Statement> statements = new ArrayList<>();
    while (at < pieces.size() && !isEnd(pieces.get(at), ends)) {
      statements.add(statement(pieces.get(at++)));
    }
    depth--;
    return statements;
  }

  private static boolean isEnd(Piece piece, Set<String> ends) {
    if (piece.kind() != Piece.Kind.TAG) {
      return false;
    }
    String name = piece.tokens().get(0).text();
    return ends.contains(name) || name.startsWith("end") || name.startsWith("el");
  }

  private Statement statement(Piece piece) {
    if (piece.kind() == Piece.Kind.DATA) {
      return write(scope -> piece.text(), piece.line());
    }
    TokenReader words = new TokenReader(piece.tokens());
    if (piece.kind() == Piece.Kind.OUTPUT) {
      Expression value = new ExpressionParser(words).tuple();
      words.end();
      return write(value, piece.line());
    }
    return tag(words, piece.line());
  }

  private static Statement write(Expression value, int line) {
    return located(
        line,
        scope -> {
          scope.rendering().write(Values.text(value.value(scope)));
          return End.NORMAL;
        });
  }

  /** A statement that counts as a step and whose failures name its line. */
  private static Statement located(int line, Statement statement) {
    return scope -> {
      try {
        scope.rendering().step();
        return statement.run(scope);
      } catch (JinjaException e) {
        throw e.at(line);
      }
    };
  }

  private Statement tag(TokenReader words, int line) {
    String name = words.name();
    if (!known.contains(name)) {
      throw new JinjaException("the tag {% " + name + " %} is not known here").at(line);
    }
    Statement statement =
        switch (name) {
          case "for" -> loop(words, line);
          case "if" -> condition(words, line);
          case "set" -> assignment(words, line);
          case "macro" -> macro(words, line);
          case "with" -> with(words, line);
          case "generation" -> generation(words, line);
          case "break" -> leave(words, End.BREAK);
          default -> leave(words, End.CONTINUE);
        };
    return located(line, statement);
  }

  private static Statement leave(TokenReader words, End end) {
    words.end();
    return scope -> end;
  }

  private void closeWith(String opened, int line) {
    boolean there = at < pieces.size() && pieces.get(at).tokens().get(0).isName("end" + opened);
    if (!there) {
      throw new JinjaException("{% " + opened + " %} has no {% end" + opened + " %}").at(line);
    }
    at++;
  }

  private Statement condition(TokenReader words, int line) {
    Expression test = new ExpressionParser(words).tuple();
    words.end();
    List<Statement> then = body(Set.of("elif", "else", "endif"));
    Statement other = otherwise(line);
    return scope ->
        Values.truth(test.value(scope)) ? Statement.runAll(then, scope) : other.run(scope);
  }

  private Statement otherwise(int line) {
    boolean more = at < pieces.size();
    Token name = more ? pieces.get(at).tokens().get(0) : null;
    if (more && name.isName("elif")) {
      TokenReader words = new TokenReader(pieces.get(at++).tokens());
      words.name();
      return condition(words, line);
    }
    List<Statement> other = List.of();
    if (more && name.isName("else")) {
      at++;
      other = body(Set.of("endif"));
    }
    closeWith("if", line);
    List<Statement> statements = other;
    return scope -> Statement.runAll(statements, scope);
  }

  private Statement loop(TokenReader words, int line) {
    List<String> targets = names(words);
    if (!words.takeName("in")) {
      throw TokenReader.unexpected(words.peek(), "'in'");
    }
    ExpressionParser expressions = new ExpressionParser(words);
    Expression elements = expressions.or();
    Expression filter = words.takeName("if") ? expressions.expression() : null;
    words.end();
    List<Statement> body = body(Set.of("else", "endfor"));
    List<Statement> other = List.of();
    if (at < pieces.size() && pieces.get(at).tokens().get(0).isName("else")) {
      at++;
      other = body(Set.of("endfor"));
    }
    closeWith("for", line);
    return new Loop(targets, elements, filter, body, other);
  }

  private static List<String> names(TokenReader words) {
    boolean brackets = words.takeSymbol("(");
    List<String> names = new ArrayList<>(List.of(words.name()));
    while (words.takeSymbol(",")) {
      names.add(words.name());
    }
    if (brackets) {
      words.symbol(")");
    }
    return names;
  }

  private Statement assignment(TokenReader words, int line) {
    List<String> targets = names(words);
    String member = words.takeSymbol(".") ? words.name() : null;
    if (words.takeSymbol("=")) {
      Expression value = new ExpressionParser(words).tuple();
      words.end();
      return scope -> {
        assign(targets, member, value.value(scope), scope);
        return End.NORMAL;
      };
    }
    Expression captured = new ExpressionParser(words).filters(scope -> scope.get(" block"));
    words.end();
    List<Statement> body = body(Set.of("endset"));
    closeWith("set", line);
    return scope -> {
      Scope inner = scope.inner();
      inner.set(" block", scope.rendering().capture(() -> Statement.runAll(body, scope.inner())));
      assign(targets, member, captured.value(inner), scope);
      return End.NORMAL;
    };
  }

  private static void assign(List<String> targets, String member, Object value, Scope scope) {
    if (member == null) {
      Loop.bind(targets, value, scope);
    } else if (scope.get(targets.get(0)) instanceof Namespace namespace) {
      namespace.set(member, value);
    } else {
      throw new JinjaException("cannot assign attribute on non-namespace object");
    }
  }

  private Statement with(TokenReader words, int line) {
    List<String> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (words.peek().kind() != Token.Kind.END) {
      names.add(words.name());
      words.symbol("=");
      values.add(new ExpressionParser(words).expression());
      words.takeSymbol(",");
    }
    List<Statement> body = body(Set.of("endwith"));
    closeWith("with", line);
    return scope -> {
      Scope inner = scope.inner();
      for (int i = 0; i < names.size(); i++) {
        inner.set(names.get(i), values.get(i).value(scope));
      }
      return Statement.runAll(body, inner);
    };
  }

  /** Marks what an assistant wrote, for training; here it only holds its body. */
  private Statement generation(TokenReader words, int line) {
    words.end();
    List<Statement> body = body(Set.of("endgeneration"));
    closeWith("generation", line);
    return scope -> Statement.runAll(body, scope.inner());
  }

  private Statement macro(TokenReader words, int line) {
    String name = words.name();
    words.symbol("(");
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    while (!words.takeSymbol(")")) {
      parameters.add(words.name());
      defaults.add(words.takeSymbol("=") ? new ExpressionParser(words).expression() : null);
      if (!words.peek().isSymbol(")")) {
        words.symbol(",");
      }
    }
    words.end();
    List<Statement> body = body(Set.of("endmacro"));
    closeWith("macro", line);
    return scope -> {
      scope.set(name, new Macro(name, parameters, defaults, body, scope));
      return End.NORMAL;
    };
  }
}
