package io.meshtrail.demo.cast;

/// A client without a sidecar. Those with a service account hold a certificate of the demo CA.
public enum Persona {
    CUSTOMER("customer", 30),
    REPORTS("reports", 31),
    BATCH("batch", 32),
    INTERN("intern", 33),
    SCANNER("scanner", 34);

    private final String serviceAccount;
    private final int lastOctet;

    Persona(String serviceAccount, int lastOctet) {
        this.serviceAccount = serviceAccount;
        this.lastOctet = lastOctet;
    }

    public String serviceAccount() {
        return serviceAccount;
    }

    public String spiffeId() {
        return "spiffe://cluster.local/ns/shop/sa/" + serviceAccount;
    }

    public String address(Subnet subnet) {
        return subnet.address(lastOctet);
    }
}
