package io.github.kvslocal;

import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.tls.CertificateAuthority;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Nothing outlives the emulator, not even the authority that clients trusted. */
final class KeptInMemory implements Keeping {
  @Override
  public Optional<Path> directory() {
    return Optional.empty();
  }

  @Override
  public CertificateAuthority authority(Instant now) {
    return CertificateAuthority.create(now);
  }

  @Override
  public Optional<Path> authorityFile() {
    return Optional.empty();
  }

  @Override
  public RegistryState registry() {
    return RegistryState.EMPTY;
  }

  @Override
  public ConfigurationState configurations() {
    return ConfigurationState.EMPTY;
  }

  /** What has to be kept is in the registry already. */
  @Override
  public void save(RegistryState registry, ConfigurationState configurations) {}

  @Override
  public FragmentStore openFragments() {
    return new InMemoryFragmentStore();
  }

  @Override
  public FragmentStore clear() {
    return openFragments();
  }

  @Override
  public void close() {}
}
