package dev.headlight.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CopyCommandTest {
  @Test
  void plainWordsStayAsTheyAre() {
    assertEquals("sample:induction-2l", CopyCommand.quoted("sample:induction-2l"));
    assertEquals("/models/smol-2", CopyCommand.quoted("/models/smol-2"));
  }

  @Test
  void everythingElseIsOneQuotedWord() {
    assertEquals("'a b'", CopyCommand.quoted("a b"));
    assertEquals("'$HOME `x` \"y\"'", CopyCommand.quoted("$HOME `x` \"y\""));
    assertEquals("'it'\\''s'", CopyCommand.quoted("it's"));
    assertEquals("''", CopyCommand.quoted(""));
  }
}
