package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.SrtpProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one core does with a master's packets of 1,200 bytes, and what each of them allocates beside
 * what the ciphers do: it exists once in its frame and once in the file of its fragment.
 */
class PacketBenchmark {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double FEWEST_PER_SECOND = 200_000;
  private static final double ONCE_IN_FRAME_AND_FILE = 2 * ProtectedRing.PACKET + 100;

  @ParameterizedTest
  @EnumSource(
      value = SrtpProfile.class,
      names = {"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
  void packetsPerSecondAndCore(SrtpProfile profile) throws RunnerException {
    RunResult unprotect = run("unprotect", profile);
    RunResult record = run("record", profile);

    assertThat(secondary(record, CpuProfiler.LABEL)).isGreaterThan(FEWEST_PER_SECOND);
    assertThat(secondary(record, ALLOCATED) - secondary(unprotect, ALLOCATED))
        .isLessThan(ONCE_IN_FRAME_AND_FILE);
  }

  private static RunResult run(String method, SrtpProfile profile) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(PacketMeasurement.class.getName() + "." + method)
            .param("profile", profile.name())
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult result = new Runner(options).runSingle();
    System.out.printf(
        "%-9s %-23s %,9.0f packets/s, %,9.0f per second of CPU, %,6.0f bytes allocated each%n",
        method,
        profile,
        result.getPrimaryResult().getScore(),
        secondary(result, CpuProfiler.LABEL),
        secondary(result, ALLOCATED));
    return result;
  }

  private static double secondary(RunResult result, String label) {
    Result<?> found = result.getSecondaryResults().get(label);
    return found == null ? Double.NaN : found.getScore();
  }
}
