package io.meshtrail.anchor;

import java.util.Map;
import java.util.TreeMap;

/// What a place said when it took a checkpoint.
///
/// @param locator where the checkpoint lies, for a person who looks for it; without secrets
/// @param says short facts by name (`[a-z_]+`), such as the commit or the version of an object
/// @param files what must be kept to check the place later, by the ending of its file name (`[a-z]+`)
public record Receipt(String locator, Map<String, String> says, Map<String, byte[]> files) {
    public Receipt {
        Map<String, String> plain = new TreeMap<>();
        says.forEach((name, value) -> plain.put(name, value.replaceAll("\\p{Cntrl}", " ")));
        says = Map.copyOf(plain);
        files = Map.copyOf(files);
        for (String name : says.keySet()) {
            if (!name.matches("[a-z_]+")) {
                throw new IllegalArgumentException("a receipt cannot say '" + name + "'");
            }
        }
        for (String ending : files.keySet()) {
            if (!ending.matches("[a-z]+")) {
                throw new IllegalArgumentException("a receipt cannot have a file '." + ending + "'");
            }
        }
    }

    /// A receipt without files.
    public static Receipt at(String locator, Map<String, String> says) {
        return new Receipt(locator, says, Map.of());
    }
}
