package io.github.kvslocal.conformance.rest;

import java.util.Set;

/** Service quotas of both developer guides: how often an operation may be called. */
public final class DocumentedRates {
  private static final Set<String> NONE =
      Set.of(
          "UpdateImageGenerationConfiguration",
          "DescribeImageGenerationConfiguration",
          "UpdateNotificationConfiguration",
          "DescribeNotificationConfiguration",
          "StartEdgeConfigurationUpdate",
          "DescribeEdgeConfiguration",
          "DeleteEdgeConfiguration",
          "ListEdgeAgentConfigurations",
          "UpdateStreamStorageConfiguration",
          "DescribeStreamStorageConfiguration",
          "GetMedia",
          "ListFragments",
          "GetMediaForFragmentList",
          "GetClip",
          "GetImages");

  private DocumentedRates() {}

  /** Whether calls of this operation are limited; of media what is played may be. */
  public static boolean include(String operation) {
    return !NONE.contains(operation);
  }
}
