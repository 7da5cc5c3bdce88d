package io.meshtrail.mask;

import io.meshtrail.json.Json;

/// Takes secrets out of what a mesh sent, before anything else is done with it. Immutable, for any thread.
///
/// Each call names what it took out in the notes, which become the field `masked`.
public final class Mask {
    /// What stands in place of a secret.
    public static final String MASKED = "[masked]";

    /// The mask with the rules that always hold.
    public static final Mask DEFAULT = new Mask(MaskRules.DEFAULT);

    private final MaskRules rules;
    private final TextMask text;
    private final JsonMask json;

    public Mask(MaskRules rules) {
        this.rules = rules;
        this.text = new TextMask(rules);
        this.json = new JsonMask(rules, text);
    }

    /// A query string (what follows the `?`): the values of credential parameters are masked, their names kept.
    /// Noted as `http.query:<name>`.
    public String query(String query, MaskNotes notes) {
        return text.query(query, "http.query", notes);
    }

    /// The value of a header: masked as a whole if the name says so, else as free text. Noted as
    /// `header:<name>`.
    public String header(String name, String value, MaskNotes notes) {
        if (!rules.header(name)) {
            return text.text(value, "header:" + name, notes);
        }
        if (value.isEmpty() || value.equals(MASKED)) {
            return value;
        }
        notes.add("header", name);
        return MASKED;
    }

    /// Free text, paths and URLs: JWTs, `Bearer` and `Basic` credentials, passwords in URLs, private keys, known
    /// shapes of tokens, `password=…` and credential parameters of URLs are masked; the rest stays. Noted as
    /// `<where>:<what>`.
    ///
    /// @param where the field it will stand in, such as `user.agent`
    public String text(String value, String where, MaskNotes notes) {
        return text.text(value, where, notes);
    }

    /// JSON text: each value by its key, its shape and, for Kubernetes Secrets, its kind. Text that is not JSON
    /// is masked as free text. Noted as `<where>:<path of keys>`.
    public String json(String value, String where, MaskNotes notes) {
        return json.text(value, where, notes);
    }

    /// As [#json(String, String, MaskNotes)] for JSON that was read already.
    public Json json(Json value, String where, MaskNotes notes) {
        return json.value(value, where, notes);
    }

    /// Whether a claim of a JWT may be kept.
    public boolean claim(String name) {
        return rules.claims().contains(name);
    }
}
