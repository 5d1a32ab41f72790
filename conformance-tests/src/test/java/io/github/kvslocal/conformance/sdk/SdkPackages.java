package io.github.kvslocal.conformance.sdk;

import io.github.kvslocal.conformance.packages.NpmPackages;
import io.github.kvslocal.conformance.packages.PipPackages;
import java.nio.file.Path;

/** The drivers of the SDKs that are not Java's, and what they drive. */
public final class SdkPackages {
  /** AWS SDK for JavaScript v2 and v3. */
  public static final NpmPackages JAVASCRIPT =
      new NpmPackages(Path.of("src/test/sdks/javascript"), Path.of("target/sdks/javascript"));

  /** boto3 and the AWS CLI. */
  public static final PipPackages PYTHON =
      new PipPackages(Path.of("src/test/sdks/python"), Path.of("target/sdks/python"));

  private SdkPackages() {}
}
