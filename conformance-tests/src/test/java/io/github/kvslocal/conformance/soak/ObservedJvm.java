package io.github.kvslocal.conformance.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Another JVM of this user, seen through its management beans; it needs no options for that. */
final class ObservedJvm implements AutoCloseable {
  /** Enough, and at such intervals, that one falls between two fragments of two seconds. */
  private static final int SAMPLES = 20;

  private static final long BETWEEN_SAMPLES_MILLIS = 370;

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private ObservedJvm(JMXConnector connector, MBeanServerConnection beans) {
    this.connector = connector;
    this.beans = beans;
  }

  @SuppressWarnings("BanJNDI") // the address is a local one, told by the process itself
  static ObservedJvm attach(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      JMXConnector connector =
          JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      return new ObservedJvm(connector, connector.getMBeanServerConnection());
    } finally {
      machine.detach();
    }
  }

  /** What it holds whatever it is doing: the least of many looks, each after a collection. */
  JvmHoldings holdings() throws IOException, InterruptedException {
    List<JvmHoldings> looks = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      looks.add(look());
      TimeUnit.MILLISECONDS.sleep(BETWEEN_SAMPLES_MILLIS);
    }
    return JvmHoldings.least(looks);
  }

  private JvmHoldings look() throws IOException {
    ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class).gc();
    return JvmHoldings.of(usedAfterCollection(), direct(), threads());
  }

  private long usedAfterCollection() throws IOException {
    return ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class).stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private BufferPoolMXBean direct() throws IOException {
    return ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> threads() throws IOException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull) // ended in between
        .map(ThreadInfo::getThreadName)
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
