package io.github.kvslocal;

import io.github.kvslocal.disk.DataDirectory;
import io.github.kvslocal.disk.DiskFragmentStore;
import io.github.kvslocal.disk.StateFile;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.tls.AuthorityFiles;
import io.github.kvslocal.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Everything lies in one directory, which no other emulator uses meanwhile. */
final class KeptOnDisk implements Keeping {
  private final DataDirectory directory;
  private final AuthorityFiles authority;
  private final StateFile<RegistryState> registry;
  private final StateFile<ConfigurationState> configurations;

  private KeptOnDisk(DataDirectory directory) {
    this.directory = directory;
    this.authority = new AuthorityFiles(directory.path());
    this.registry = StateFile.ofRegistry(directory.path());
    this.configurations = StateFile.ofConfigurations(directory.path());
  }

  static KeptOnDisk open(Path path) throws IOException {
    return new KeptOnDisk(DataDirectory.open(path));
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory.path());
  }

  @Override
  public CertificateAuthority authority(Instant now) throws IOException {
    return authority.open(now);
  }

  @Override
  public Optional<Path> authorityFile() {
    return Optional.of(authority.certificateFile());
  }

  @Override
  public RegistryState registry() throws IOException {
    return registry.load();
  }

  @Override
  public ConfigurationState configurations() throws IOException {
    return configurations.load();
  }

  @Override
  public void save(RegistryState changed, ConfigurationState alsoChanged) throws IOException {
    registry.save(changed);
    configurations.save(alsoChanged);
  }

  @Override
  public FragmentStore openFragments() throws IOException {
    return DiskFragmentStore.open(directory.path());
  }

  /** The registry first: recordings without a stream are forgotten, streams without theirs lie. */
  @Override
  public FragmentStore clear() throws IOException {
    save(RegistryState.EMPTY, ConfigurationState.EMPTY);
    DiskFragmentStore.clear(directory.path());
    return openFragments();
  }

  @Override
  public void close() {
    directory.close();
  }
}
