package io.github.kvslocal.conformance.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockCodeTest {
  @Test
  void everyNumberIsReadBack() {
    for (int number = 0; number < 1 << BlockCode.BITS; number++) {
      assertThat(BlockCode.number(BlockCode.row(number, false))).hasValue(number);
    }
  }

  @Test
  void numberIsReadThroughNoise() {
    Random noise = new Random(7);
    byte[] row = BlockCode.row(12_345, true);
    for (int block = 0; block < row.length; block++) {
      int luma = Byte.toUnsignedInt(row[block]) + noise.nextInt(161) - 80;
      row[block] = (byte) Math.max(0, Math.min(255, luma));
    }

    assertThat(BlockCode.number(row)).hasValue(12_345);
    assertThat(BlockCode.lamp(row)).isTrue();
  }

  @Test
  void oneWrongBlockIsNoticed() {
    for (int block = 0; block < BlockCode.BLOCKS; block++) {
      byte[] row = BlockCode.row(1_000, false);
      row[block] = (byte) ~row[block];

      boolean isLamp = BlockCode.lamp(row);
      assertThat(isLamp || BlockCode.number(row).isEmpty()).as("block %s", block).isTrue();
    }
  }

  @Test
  void lampIsApartFromTheNumber() {
    assertThat(BlockCode.lamp(BlockCode.row(3, true))).isTrue();
    assertThat(BlockCode.lamp(BlockCode.row(3, false))).isFalse();
    assertThat(BlockCode.number(BlockCode.row(3, true))).hasValue(3);
  }

  @Test
  void numberBeyondTheRowIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockCode.row(1 << BlockCode.BITS, false));
    assertThatIllegalArgumentException().isThrownBy(() -> BlockCode.row(-1, false));
  }
}
