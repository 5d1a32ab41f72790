package io.github.kvslocal.srtp;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.CipherFactory;
import org.jitsi.srtp.crypto.HmacSha1;

/**
 * Ties the library to the JDK's own ciphers and HMAC, for the whole JVM.
 *
 * <p>Left alone it measures the ciphers of every provider when the first key arrives and holds the
 * media for up to two seconds; its own switch for that still starts a whole BouncyCastle provider
 * and does not cover the HMAC. So the choice is written where the library remembers it; should a
 * later version keep it elsewhere, its switch is used, at the price of a slower start.
 */
final class SunCiphers {
  private static final String PROVIDER = "SunJCE";

  /** Held, since the JDK forgets the level of a logger that nobody holds. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("org.jitsi.srtp");

  private SunCiphers() {}

  static void pin() {
    if (LIBRARY_LOG.getLevel() == null) {
      LIBRARY_LOG.setLevel(Level.SEVERE);
    }
    Aes.setFactoryClassName(PROVIDER);
    try {
      CipherFactory factory = new Aes.SunJCECipherFactory();
      remember(
          Aes.class,
          "fastestFactories",
          Map.of("AES/GCM/NoPadding", factory, "AES/CTR/NoPadding", factory));
      Provider provider = Security.getProvider(PROVIDER);
      if (provider != null) {
        field(HmacSha1.class, "providers").set(null, List.of(provider));
      }
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      LIBRARY_LOG.log(Level.FINE, "ciphers are chosen by the library", e);
    }
  }

  @SuppressWarnings("unchecked") // the field is a Map<String, CipherFactory>
  private static void remember(Class<?> owner, String name, Map<String, CipherFactory> choice)
      throws ReflectiveOperationException {
    Object map = field(owner, name).get(null);
    if (map instanceof Map<?, ?>) {
      synchronized (owner) {
        ((Map<String, CipherFactory>) map).putAll(choice);
      }
    }
  }

  private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
