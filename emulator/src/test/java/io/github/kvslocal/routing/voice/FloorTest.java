package io.github.kvslocal.routing.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FloorTest {
  private final Floor floor = new Floor();
  private final Talker master = new Talker(new LevelOpus(), true);
  private final Talker ann = new Talker(new LevelOpus(), false);
  private final Talker ben = new Talker(new LevelOpus(), false);
  private final Talker eve = new Talker(new LevelOpus(), false);
  private final Talker joe = new Talker(new LevelOpus(), false);

  @Test
  void whoWasLeftOutFadesInWhenThereIsRoomForAll() {
    floor.choose(List.of(master, ann, ben, eve, joe));
    assertThat(floor.leavesOut(joe)).isTrue();

    floor.choose(List.of(master, ben, joe));

    assertThat(fadeOf(joe)).isEqualTo(Floor.Fade.IN);
    assertThat(fadeOf(ben)).isEqualTo(Floor.Fade.IN);
    assertThat(fadeOf(master)).isEqualTo(Floor.Fade.NONE);
  }

  @Test
  void fadingInIsOverAfterATick() {
    floor.choose(List.of(master, ann, ben, eve, joe));
    floor.choose(List.of(master, ben, joe));

    floor.choose(List.of(master, ben, joe));

    assertThat(fadeOf(joe)).isEqualTo(Floor.Fade.NONE);
  }

  @Test
  void whoBeginsWhereThereIsRoomIsHeardAtOnce() {
    floor.choose(List.of(master, ben));

    floor.choose(List.of(master, ben, joe));

    assertThat(fadeOf(joe)).isEqualTo(Floor.Fade.NONE);
  }

  private Floor.Fade fadeOf(Talker talker) {
    for (int place = 0; place < floor.size(); place++) {
      if (floor.talker(place) == talker) {
        return floor.fade(place);
      }
    }
    throw new AssertionError("has no place");
  }
}
