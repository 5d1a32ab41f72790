package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ElementWriterTest {
  @Test
  void countingWriterIsAsLongAsWhatIsWritten() {
    Consumer<ElementWriter> elements = ElementWriterTest::everyKindOfElement;
    ElementWriter counting = ElementWriter.counting();
    elements.accept(counting);

    ElementWriter writing = new ElementWriter(counting.length());
    elements.accept(writing);

    assertThat(counting.length()).isEqualTo(writing.length()).isPositive();
  }

  @Test
  void rawBytesAreLeftToTheirOwner() {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1);

    ElementWriter out = new ElementWriter(3);
    out.raw(value);

    assertThat(out.toBytes()).containsExactly(2, 3, 4);
    assertThat(value.position()).isEqualTo(1);
  }

  private static void everyKindOfElement(ElementWriter out) {
    int outer = out.open(ElementId.SEGMENT);
    int later = out.wide(ElementId.SEEK_POSITION, 0);
    out.unsigned(ElementId.TIMESTAMP, 300);
    out.real(ElementId.DURATION, 1.5);
    out.text(ElementId.TAG_NAME, "näme");
    out.binary(ElementId.CODEC_PRIVATE, ByteBuffer.allocate(200));
    out.patch(later, out.length());
    out.close(outer);
    out.open(ElementId.CLUSTER, 7);
  }
}
