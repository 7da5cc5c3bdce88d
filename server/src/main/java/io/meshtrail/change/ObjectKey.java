package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.Optional;

/// What makes an object the same one over its changes. Parts that are not known are empty.
///
/// @param source whose object it is: the mesh of the event, for Kubernetes and Consul name things alike
public record ObjectKey(String source, String cluster, String group, String kind, String namespace, String name) {
    /// The object that an event is about; empty if it names none.
    public static Optional<ObjectKey> of(AuditEvent event) {
        Optional<String> name = event.text(Field.OBJECT_NAME);
        Optional<String> kind = event.text(Field.OBJECT_KIND);
        return name.isEmpty() || kind.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObjectKey(
                        text(event, Field.MESH),
                        text(event, Field.CLUSTER),
                        text(event, Field.OBJECT_GROUP),
                        kind.get(),
                        text(event, Field.OBJECT_NAMESPACE),
                        name.get()));
    }

    /// An object of the same kind with another name, as a list shows it.
    ObjectKey named(String otherNamespace, String otherName) {
        return new ObjectKey(source, cluster, group, kind, otherNamespace, otherName);
    }

    private static String text(AuditEvent event, Field field) {
        return event.text(field).orElse("");
    }
}
