package io.github.kvslocal.matroska;

/** Bytes that are no Matroska file, or not of the kind that this package writes. */
public final class MalformedMatroskaException extends Exception {
  public MalformedMatroskaException(String complaint) {
    super(complaint, null, false, false);
  }
}
