package io.github.kvslocal;

import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Where an emulator keeps what shall be there after a restart. */
interface Keeping extends AutoCloseable {
  /** As the options say; in a directory it is the only emulator then. */
  static Keeping open(KvsLocalOptions options) throws IOException {
    return options.ephemeral() ? new KeptInMemory() : KeptOnDisk.open(options.dataDirectory());
  }

  /** The directory, absolute; empty if nothing is kept. */
  Optional<Path> directory();

  /** The authority that was kept, or a new one. */
  CertificateAuthority authority(Instant now) throws IOException;

  /** The file that clients can trust the authority by, if there is one. */
  Optional<Path> authorityFile();

  /** The channels and streams of the last save. */
  RegistryState registry() throws IOException;

  /** The streams' configurations of the last save. */
  ConfigurationState configurations() throws IOException;

  /** Returns when it is safe; one call at a time. May block. */
  void save(RegistryState registry, ConfigurationState configurations) throws IOException;

  /** The store of all recordings, to be closed by the caller. */
  FragmentStore openFragments() throws IOException;

  /**
   * Forgets all but the authority and opens the store of recordings anew, to be closed by the
   * caller; the one before is closed already. May block.
   */
  FragmentStore clear() throws IOException;

  @Override
  void close();
}
