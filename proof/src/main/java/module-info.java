/// The mathematics and text formats an auditor must trust.
module io.meshtrail.proof {
    requires static org.jspecify;
    // For `verify --url` only.
    requires java.net.http;

    exports io.meshtrail.proof;
}
