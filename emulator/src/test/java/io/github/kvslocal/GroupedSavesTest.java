package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class GroupedSavesTest {
  private final List<Promise<String>> disk = new ArrayList<>();
  private final GroupedSaves saves =
      new GroupedSaves(
          () -> {
            disk.add(Promise.promise());
            return disk.get(disk.size() - 1).future();
          });

  @Test
  void changeIsSavedAtOnceWhenNoSaveIsBeingMade() {
    Future<Void> saved = saves.whenSaved();

    assertThat(disk).hasSize(1);
    assertThat(saved.isComplete()).isFalse();
    disk.get(0).complete("");
    assertThat(saved.succeeded()).isTrue();
  }

  @Test
  void changesThatComeDuringASaveShareTheNext() {
    Future<Void> first = saves.whenSaved();
    Future<Void> second = saves.whenSaved();
    Future<Void> third = saves.whenSaved();

    assertThat(disk).hasSize(1);
    disk.get(0).complete("");

    assertThat(first.succeeded()).isTrue();
    assertThat(List.of(second.isComplete(), third.isComplete())).containsOnly(false);
    assertThat(disk).hasSize(2);
    disk.get(1).complete("");
    assertThat(List.of(second.succeeded(), third.succeeded())).containsOnly(true);
    assertThat(disk).hasSize(2);
  }

  @Test
  void failedSaveFailsItsChangesAndNoOthers() {
    Future<Void> first = saves.whenSaved();
    Future<Void> second = saves.whenSaved();

    disk.get(0).fail(new IOException("the disk is full"));
    disk.get(1).complete("");

    assertThat(first.cause()).hasMessage("the disk is full");
    assertThat(second.succeeded()).isTrue();
    saves.whenSaved();
    assertThat(disk).hasSize(3);
  }

  @Test
  void saveThatIsMadeAtOnceLeavesNothingWaiting() {
    List<Integer> made = new ArrayList<>();
    GroupedSaves quick =
        new GroupedSaves(
            () -> {
              made.add(1);
              return Future.succeededFuture();
            });

    assertThat(quick.whenSaved().succeeded()).isTrue();
    assertThat(quick.whenSaved().succeeded()).isTrue();

    assertThat(made).hasSize(2);
  }

  @Test
  void saveThatCannotBeginFailsItsChangesAndNoOthers() {
    List<Integer> begun = new ArrayList<>();
    GroupedSaves closing =
        new GroupedSaves(
            () -> {
              begun.add(1);
              if (begun.size() == 1) {
                throw new RejectedExecutionException("the workers have ended");
              }
              return Future.succeededFuture();
            });

    Future<Void> first = closing.whenSaved();
    Future<Void> second = closing.whenSaved();

    assertThat(first.cause()).hasMessage("the workers have ended");
    assertThat(second.succeeded()).isTrue();
  }
}
