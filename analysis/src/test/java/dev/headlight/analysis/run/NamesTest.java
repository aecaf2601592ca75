package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.RandomModels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final ModelSpec SPEC = RandomModels.gpt2(4, 6, 24, 50, 64);

  @Test
  void hookNamesAreTransformerLenssInTheOrderOfThePass() {
    List<String> names =
        Arrays.stream(Site.values())
            .map(s -> new HookName(s, s.perLayer() ? 5 : -1).toString())
            .toList();
    assertEquals(
        List.of(
            "hook_embed",
            "hook_pos_embed",
            "blocks.5.hook_resid_pre",
            "blocks.5.hook_q_input",
            "blocks.5.hook_k_input",
            "blocks.5.hook_v_input",
            "blocks.5.ln1.hook_normalized",
            "blocks.5.attn.hook_q",
            "blocks.5.attn.hook_k",
            "blocks.5.attn.hook_v",
            "blocks.5.attn.hook_rot_q",
            "blocks.5.attn.hook_rot_k",
            "blocks.5.attn.hook_attn_scores",
            "blocks.5.attn.hook_pattern",
            "blocks.5.attn.hook_z",
            "blocks.5.attn.hook_result",
            "blocks.5.hook_attn_out",
            "blocks.5.hook_resid_mid",
            "blocks.5.hook_mlp_in",
            "blocks.5.ln2.hook_normalized",
            "blocks.5.mlp.hook_router_logits",
            "blocks.5.hook_mlp_out",
            "blocks.5.hook_resid_post",
            "blocks.5.hook_normalized_resid_post",
            "ln_final.hook_normalized",
            "logits"),
        names);
    names.forEach(n -> assertEquals(n, HookName.parse(n).toString()));
  }

  @Test
  void sitesAreFoundByTheirShortNames() {
    for (Site site : Site.values()) {
      assertEquals(site, Site.parse(site.shortName()).orElseThrow());
      assertEquals(site, Site.parse(site.path()).orElseThrow());
    }
    assertTrue(Site.parse("resid").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"L5H3", "5.3", "5-3", "(5,3)", "(5, 3)", " L5H3 "})
  void headsParse(String text) {
    assertEquals(new Head(5, 3), Head.parse(text));
    assertEquals("L5H3", Head.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "L1H3 | L1H3",
        "L1H* | L1H0 L1H1 L1H2 L1H3 L1H4 L1H5",
        "L*H3 | L0H3 L1H3 L2H3 L3H3",
        "L2-3H0 | L2H0 L3H0",
        "L0H1-2,3.5,(2,4) | L0H1 L0H2 L2H4 L3H5",
        "L2G1 | L2H1"
      })
  void headSetsResolve(String text, String heads) {
    String found =
        String.join(" ", HeadSet.parse(text).resolve(SPEC).stream().map(Head::toString).toList());
    assertEquals(heads, found);
    assertEquals(HeadSet.parse(text), HeadSet.parse(HeadSet.parse(text).toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "L4H0 | 4 layers",
        "L0H6 | 6 heads",
        "L0H5-9 | 6 heads",
        "L0G6 | 6 KV groups",
        "L2-1H0 | 4 layers"
      })
  void headsOutsideTheModelAreNamed(String text, String reason) {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> HeadSet.parse(text).resolve(SPEC));
    assertTrue(e.getMessage().contains(text) && e.getMessage().contains(reason), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"all,0,2147483647", "7,7,8", "3-7,3,8", "-1,9,10", "-3--1,7,10"})
  void positionsParse(String text, int first, int end) {
    Positions positions = Positions.parse(text);
    assertEquals(text, positions.toString());
    assertEquals(first, positions.first(10));
    assertEquals(end, positions.end(10));
    positions.check(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-11", "5-3", "8-12"})
  void positionsOutsideThePromptAreNamed(String text) {
    assertThrows(HeadlightException.class, () -> Positions.parse(text).check(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero:L5H3",
        "mean:L5H3@-1",
        "resample:L5H*@3-7",
        "uniform:L3-5H0,L7G1",
        "scale:L5H3=0.5",
        "scale:L5H3@-1=0.5",
        "column:L5H3/0=0.3",
        "move:L5H3,L1H*/7,12=0.4",
        "temperature:L5H3=2.0",
        "temperature:L5H*@7=0.5",
        "mask:L5H*/q=10-20/k=0-3",
        "patch:resid_pre/L5@7<-a/b.safetensors",
        "patch:z/L5H3@-1<-c.safetensors",
        "patch:k/L5G3<-c.safetensors",
        "patch:embed<-c.safetensors",
        "add:resid_post/L5@-1<-v.safetensors*1.5"
      })
  void interventionsRoundTrip(String text) {
    Intervention change = Intervention.parse(text);
    assertEquals(text, change.text());
    assertEquals(change, Intervention.parse(change.text()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zero | a verb and a colon",
        "nil:L0H0 | one of zero",
        "zero:head | is not a head",
        "scale:L0H0 | a factor",
        "scale:L0H0=x | a number",
        "column:L0H0/0=0 | above 0",
        "column:L0H0 | a key",
        "move:L0H0=0.4 | keys and a factor",
        "move:L0H0/3=1.5 | 0 to 1",
        "temperature:L0H0 | a temperature",
        "temperature:L0H0=0 | above 0",
        "mask:L0H0 | queries and keys",
        "patch:z/L0H0 | a capture file",
        "patch:zz/L0<-f | one of the sites",
        "patch:z<-f | a layer",
        "zero:L0H0@x | is not a position"
      })
  void badInterventionsSayWhatIsExpected(String text, String reason) {
    HeadlightException e = assertThrows(HeadlightException.class, () -> Intervention.parse(text));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
