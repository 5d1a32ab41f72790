package io.github.kvslocal.tls;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What this machine is called, asked without a look-up that could block offline. */
final class HostNames {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*");
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST_NAME = 253;

  private HostNames() {}

  /**
   * Whether this is a host name in lower case, labels of RFC 1123. One with an underscore is none;
   * Java refuses it in SNI before we are asked.
   */
  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is a literal IPv4 or IPv6 address, in lower case and without a zone. */
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** localhost, this host's name and all its addresses, and those given. */
  static List<String> ofThisMachine(List<String> others) {
    Set<String> names = new LinkedHashSet<>();
    names.add("localhost");
    names.add("127.0.0.1");
    names.add("0:0:0:0:0:0:0:1");
    String hostName = hostName();
    if (isName(hostName)) {
      names.add(hostName);
    }
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(card.getInetAddresses())) {
          names.add(withoutZone(address));
        }
      }
    } catch (SocketException | UnknownHostException e) {
      throw new IllegalStateException("cannot list this machine's addresses", e);
    }
    others.stream().filter(name -> isName(name) || isAddress(name)).forEach(names::add);
    return new ArrayList<>(names);
  }

  /** Java's own way would ask the resolver; where the kernel does not tell, the environment may. */
  private static String hostName() {
    try {
      return Files.readString(KERNEL_HOST_NAME).trim().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      Map<String, String> environment = System.getenv();
      return environment
          .getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""))
          .toLowerCase(Locale.ROOT);
    }
  }

  private static String withoutZone(InetAddress address) throws UnknownHostException {
    return address instanceof Inet6Address
        ? InetAddress.getByAddress(address.getAddress()).getHostAddress()
        : address.getHostAddress();
  }
}
