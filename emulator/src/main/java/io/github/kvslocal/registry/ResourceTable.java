package io.github.kvslocal.registry;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ResourceKind.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All resources of one kind, each seen by its owner only. A name is unique within its owner and
 * free again at once when its resource is deleted.
 */
final class ResourceTable<A, R extends Resource<A>> {
  /** Service quotas of both guides; 10,000 in the largest regions, here in every one. */
  static final int MOST_PER_OWNER = 10_000;

  /**
   * Of all owners together. AWS has no such limit; here every request may name another account, and
   * all of them share one memory and one file.
   */
  static final int MOST_IN_ALL = 50_000;

  private final ResourceKind<A> kind;
  private final Map<Owner, NavigableMap<String, R>> byOwner = new LinkedHashMap<>();
  private int count;

  /** No ARN that was ever deleted says a later millisecond, so what follows is another one. */
  private long newestDeletedMillis;

  ResourceTable(ResourceKind<A> kind, List<R> resources, long newestDeletedMillis) {
    this.kind = kind;
    this.newestDeletedMillis = newestDeletedMillis;
    resources.forEach(this::put);
  }

  /** All, each owner's by name. */
  List<R> all() {
    List<R> all = new ArrayList<>();
    byOwner.values().forEach(named -> all.addAll(named.values()));
    return all;
  }

  long newestDeletedMillis() {
    return newestDeletedMillis;
  }

  boolean has(Owner owner, String name) {
    return named(owner).containsKey(name);
  }

  /** Admits a new name and returns the millisecond of its creation, which its ARN tells. */
  long admit(Owner owner, String name, Instant now) throws RefusedException {
    NavigableMap<String, R> named = named(owner);
    if (named.containsKey(name)) {
      throw new RefusedException(
          Reason.NAME_IN_USE, "The " + kind.word() + " " + name + " already exists.");
    }
    if (named.size() >= MOST_PER_OWNER) {
      throw new RefusedException(
          kind.limit(),
          "%s has %d %ss, as many as are possible; delete some first."
              .formatted(owner, MOST_PER_OWNER, kind.word()));
    }
    if (count >= MOST_IN_ALL) {
      throw new RefusedException(
          kind.limit(),
          "All accounts and regions of this emulator together have %d %ss, as many as are possible;"
                  .formatted(MOST_IN_ALL, kind.word())
              + " delete some of them first.");
    }
    return Math.max(now.toEpochMilli(), newestDeletedMillis + 1);
  }

  /** Keeps a resource, in place of its earlier state if there is one. */
  R put(R resource) {
    Identity identity = kind.identity().apply(resource.arn());
    R before =
        byOwner
            .computeIfAbsent(identity.owner(), owner -> new TreeMap<>())
            .put(identity.name(), resource);
    if (before == null) {
      count++;
    }
    return resource;
  }

  void remove(R resource) {
    Identity identity = kind.identity().apply(resource.arn());
    NavigableMap<String, R> named = named(identity.owner());
    if (named.remove(identity.name()) != null) {
      count--;
    }
    if (named.isEmpty()) {
      byOwner.remove(identity.owner());
    }
    newestDeletedMillis = Math.max(newestDeletedMillis, identity.createdAtMillis());
  }

  /** The owner's resource of this name. */
  R find(Owner owner, String name) throws RefusedException {
    R found = named(owner).get(name);
    if (found != null) {
      return found;
    }
    for (Map.Entry<Owner, NavigableMap<String, R>> other : byOwner.entrySet()) {
      if (other.getValue().containsKey(name)) {
        throw unknown(
            " A %s of this name exists in %s; this request is for %s."
                .formatted(kind.word(), other.getKey(), owner));
      }
    }
    throw unknown("");
  }

  /** The resource of this ARN, if it is this owner's. */
  R find(Owner asking, A arn) throws RefusedException {
    Owner owner = kind.identity().apply(arn).owner();
    if (!owner.equals(asking)) {
      throw unknown(" Its ARN names %s; this request is for %s.".formatted(owner, asking));
    }
    return find(arn);
  }

  /** The resource of this ARN; one of the same name but created at another time is another one. */
  R find(A arn) throws RefusedException {
    Identity identity = kind.identity().apply(arn);
    R found = find(identity.owner(), identity.name());
    if (!found.arn().equals(arn)) {
      throw unknown(
          " The %s of this name has another ARN, %s.".formatted(kind.word(), found.arn()));
    }
    return found;
  }

  /**
   * The resource of this ARN, if this is its version.
   *
   * @param version empty text for any
   */
  R find(A arn, String version) throws RefusedException {
    R found = find(arn);
    if (!version.isEmpty() && !version.equals(found.version())) {
      throw new RefusedException(
          Reason.VERSION_MISMATCH,
          "The %s %s has the version %s, but the request names %s; describe it again."
              .formatted(kind.word(), kind.identity().apply(arn).name(), found.version(), version));
    }
    return found;
  }

  /** Some of the owner's, by name. */
  Page<R> page(Owner owner, Page.Request request) {
    return Page.of(named(owner), request);
  }

  private NavigableMap<String, R> named(Owner owner) {
    NavigableMap<String, R> named = byOwner.get(owner);
    return named == null ? Collections.emptyNavigableMap() : named;
  }

  private RefusedException unknown(String hint) {
    return new RefusedException(
        kind.unknown(), "The requested " + kind.word() + " is not found or not active." + hint);
  }
}
