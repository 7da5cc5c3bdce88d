/// The mathematics and text formats an auditor must trust.
module io.meshtrail.proof {
    requires static org.jspecify;

    exports io.meshtrail.proof;
}
