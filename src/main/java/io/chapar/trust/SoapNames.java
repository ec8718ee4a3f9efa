package io.chapar.trust;

/** The names of SOAP and WS-Security that its profile consists of. */
final class SoapNames {

    static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

    private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    static final String WSSE = WSS + "wssecurity-secext-1.0.xsd";
    static final String WSU = WSS + "wssecurity-utility-1.0.xsd";
    static final String BASE64 = WSS + "soap-message-security-1.0#Base64Binary";
    static final String X509 = WSS + "x509-token-profile-1.0#X509v3";

    private SoapNames() {}
}
