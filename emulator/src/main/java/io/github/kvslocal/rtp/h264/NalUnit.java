package io.github.kvslocal.rtp.h264;

/** The types of NAL units that matter here (H.264 table 7-1, RFC 6184 table 1). */
final class NalUnit {
  static final int LAST_SLICE_TYPE = 5;
  static final int IDR = 5;
  static final int SEQUENCE_PARAMETERS = 7;
  static final int PICTURE_PARAMETERS = 8;
  static final int DELIMITER = 9;
  static final int LAST_SINGLE = 23;
  static final int STAP_A = 24;
  static final int STAP_B = 25;
  static final int MTAP16 = 26;
  static final int MTAP24 = 27;
  static final int FU_A = 28;
  static final int FU_B = 29;

  private NalUnit() {}

  /** Whether it is a slice of a picture, or a part of one. */
  static boolean isSlice(int type) {
    return type >= 1 && type <= LAST_SLICE_TYPE;
  }

  static int type(byte header) {
    return header & 0x1F;
  }
}
