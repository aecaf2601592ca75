package dev.headlight.analysis.checkpoint;

import java.util.Optional;

/** The element types of the safetensors format, little endian. */
public enum StoredType {
  /** IEEE 754 binary64. */
  F64(8, true),
  /** IEEE 754 binary32. */
  F32(4, true),
  /** IEEE 754 binary16. */
  F16(2, true),
  /** The upper half of binary32. */
  BF16(2, true),
  /** Signed, 64 bits. */
  I64(8, true),
  /** Signed, 32 bits. */
  I32(4, true),
  /** Signed, 16 bits. */
  I16(2, true),
  /** Signed, 8 bits. */
  I8(1, true),
  /** Unsigned, 8 bits. */
  U8(1, true),
  /** One byte, 0 or 1. */
  BOOL(1, true),
  /** Unsigned, 64 bits; listed, not decoded. */
  U64(8, false),
  /** Unsigned, 32 bits; listed, not decoded. */
  U32(4, false),
  /** Unsigned, 16 bits; listed, not decoded. */
  U16(2, false),
  /** 8-bit float with 4 exponent bits; listed, not decoded. */
  F8_E4M3(1, false),
  /** 8-bit float with 5 exponent bits; listed, not decoded. */
  F8_E5M2(1, false);

  private final int bytes;
  private final boolean decodable;

  StoredType(int bytes, boolean decodable) {
    this.bytes = bytes;
    this.decodable = decodable;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@link SafetensorsFile#decode} turns this type into fp32. */
  public boolean decodable() {
    return decodable;
  }

  /** The type a header calls {@code name}, or empty. */
  static Optional<StoredType> of(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
