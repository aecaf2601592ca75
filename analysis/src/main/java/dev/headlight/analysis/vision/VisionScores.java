package dev.headlight.analysis.vision;

import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;

/**
 * The scores of heads that look at pictures. Most are of the prompt at hand with its pictures
 * ({@link PictureJob}); those of a mask answer a question, so none is known before it is asked.
 */
public final class VisionScores {
  private static final String PICTURE = "a picture";

  /** Attention of text to the picture. */
  public static final HeadScore IMAGE_SHARE =
      HeadScore.ofPrompt(
          "imageShare",
          "Text to picture",
          "",
          "mean over text queries behind the picture of Σ A over image tokens",
          "V of Kang et al. 2025, See What You Are Told",
          Range.SHARE,
          PICTURE);

  /** Attention within the picture. */
  public static final HeadScore IMAGE_TO_IMAGE =
      HeadScore.ofPrompt(
          "imageToImage",
          "Picture to picture",
          "",
          "mean over image queries of Σ A over image tokens",
          "Wu et al. 2024, Dynamic Visual-Token Exit",
          Range.SHARE,
          PICTURE);

  /** YOPO's ratio. */
  public static final HeadScore YOPO =
      HeadScore.ofPrompt(
          "yopo",
          "Picture to text ratio",
          "",
          "Σ A over image keys / Σ A over text keys, all queries",
          "Zhang et al. 2024, Treat Visual Tokens as Text?",
          Range.POSITIVE,
          PICTURE);

  /** Divergence without the picture. */
  public static final HeadScore VHD =
      HeadScore.ofPrompt(
          "vhd",
          "Head divergence",
          "",
          "‖z with picture − z without‖₂ at the last position",
          "He et al. 2025, Vision-aware Head Divergence",
          Range.POSITIVE,
          PICTURE);

  /** Overlap with a mask. */
  public static final HeadScore MASK_OVERLAP =
      HeadScore.ofQuestion(
          "maskOverlap",
          "Overlap with the mask",
          "IoU of patches above half of the largest with patches half covered by the mask",
          "F-LMM, Wu et al. 2024",
          Range.SHARE);

  /** Attention on a mask. */
  public static final HeadScore MASK_SHARE =
      HeadScore.ofQuestion(
          "maskShare",
          "Attention on the mask",
          "part of the picture's attention that falls on the mask",
          "F-LMM, Wu et al. 2024",
          Range.SHARE);

  /** Distance in the picture. */
  public static final HeadScore PATCH_DISTANCE =
      HeadScore.ofPrompt(
          "patchDistance",
          "Distance in the picture",
          "patches",
          "mean over patch queries of Σ A ‖p_i − p_k‖₂",
          "Dosovitskiy et al. 2021, An Image is Worth 16×16 Words",
          Range.POSITIVE,
          PICTURE);

  private VisionScores() {}

  /** Those that a prompt with pictures, or a picture that a tower reads, has by itself. */
  public static List<HeadScore> ofPictures() {
    return List.of(IMAGE_SHARE, IMAGE_TO_IMAGE, YOPO, VHD, PATCH_DISTANCE);
  }

  /** All of them. */
  public static List<HeadScore> all() {
    return List.of(
        IMAGE_SHARE, IMAGE_TO_IMAGE, YOPO, VHD, MASK_OVERLAP, MASK_SHARE, PATCH_DISTANCE);
  }
}
