package io.github.kvslocal.conformance.sdk;

import java.nio.file.Path;

/** The SDKs. */
public enum Sdk {
  JAVA_V2("AWS SDK for Java v2"),
  BOTO3("boto3"),
  JS_V2("AWS SDK for JavaScript v2"),
  JS_V3("AWS SDK for JavaScript v3"),
  AWS_CLI("AWS CLI");

  private final String title;

  Sdk(String title) {
    this.title = title;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /**
   * Makes it ready, with its own retries and its own check of parameters off.
   *
   * @param logs a folder for what it prints
   */
  public SdkClient open(Path logs) {
    return switch (this) {
      case JAVA_V2 -> new JavaSdk();
      case BOTO3 -> python("boto3_driver.py", logs);
      case JS_V2 -> javascript("js_v2_driver.mjs", logs);
      case JS_V3 -> javascript("js_v3_driver.mjs", logs);
      case AWS_CLI -> python("aws_cli_driver.py", logs);
    };
  }

  private SdkClient python(String script, Path logs) {
    return DriverProcess.start(
        SdkPackages.PYTHON.folder(),
        logs.resolve(script + ".log"),
        SdkPackages.PYTHON.program("python").toString(),
        script);
  }

  private SdkClient javascript(String script, Path logs) {
    return DriverProcess.start(
        SdkPackages.JAVASCRIPT.folder(), logs.resolve(script + ".log"), "node", script);
  }
}
