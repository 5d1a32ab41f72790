package io.github.kvslocal;

import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.api.SigV4;
import io.github.kvslocal.http.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Who may do which operation and how often, by the options. */
final class AdmissionDesk {
  private AdmissionDesk() {}

  /** With nothing counted yet. */
  static Admission open(
      KvsLocalOptions options, List<Operation> operations, Admission.Clocks clocks) {
    List<Action> actions =
        Stream.concat(
                operations.stream().map(Operation::action),
                Stream.of(Action.CONNECT_AS_MASTER, Action.CONNECT_AS_VIEWER))
            .toList();
    return new Admission(
        new Caller(options.account(), options.region()),
        options.requireSignatures()
            ? new SigV4(options.credentials())
            : Admission.SignatureCheck.NONE,
        AccessRules.parse(options.denied(), actions),
        switch (options.quotas()) {
          case OFF -> Quotas.off();
          case DOCUMENTED -> new Quotas(Quotas.DOCUMENTED);
        },
        clocks);
  }
}
