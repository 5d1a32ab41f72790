package io.github.kvslocal.recording;

class InMemoryFragmentStoreTest extends FragmentStoreContract {
  @Override
  protected FragmentStore openStore() {
    return new InMemoryFragmentStore();
  }
}
