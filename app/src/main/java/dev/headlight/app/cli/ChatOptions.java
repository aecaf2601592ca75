package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.app.prompts.PromptJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a prompt goes through the model's chat template, and what is said before it. */
final class ChatOptions {
  @Option(
      names = "--chat",
      description = "The prompt is a user's turn, written by the model's own chat template.")
  private boolean chat;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "A system turn before the user's; needs --chat.")
  private String system;

  /** The turns of a chat file, after the system turn if one is asked for. */
  Chat ofFile(Path file) {
    List<ChatMessage> messages = new ArrayList<>();
    systemTurn().ifPresent(messages::add);
    messages.addAll(PromptJson.messages(file.toString(), InputFiles.text(file)));
    return Chat.of(messages);
  }

  /** A prompt as a user's turn; empty if no chat is asked for. */
  Optional<Chat> ofPrompt(String prompt) {
    refuseLoneSystem();
    if (!chat) {
      return Optional.empty();
    }
    List<ChatMessage> messages = new ArrayList<>();
    systemTurn().ifPresent(messages::add);
    messages.add(new ChatMessage(ChatMessage.USER, prompt));
    return Optional.of(Chat.of(messages));
  }

  /** Ids are taken as they are, so nothing can be written around them. */
  void refuseWithIds() {
    refuseLoneSystem();
    if (chat) {
      throw new HeadlightException(
          Kind.INPUT,
          "--chat: needs text, found ids; give --prompt, --prompt-file or --chat-file.");
    }
  }

  private Optional<ChatMessage> systemTurn() {
    return Optional.ofNullable(system).map(text -> new ChatMessage(ChatMessage.SYSTEM, text));
  }

  private void refuseLoneSystem() {
    if (system != null && !chat) {
      throw new HeadlightException(
          Kind.INPUT, "--system: is a turn of a chat; add --chat or leave it out.");
    }
  }
}
