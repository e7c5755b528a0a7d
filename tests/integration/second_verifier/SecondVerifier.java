import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * SecondVerifier AUTHORITY.pem FILE.pdf…: is each one a whole document under the seal of that
 * authority? By PDFBox and Bouncy Castle, which share no code with the seal, with the terminal's
 * check, or with poppler. A line a file, "good" or "bad" and why.
 */
public final class SecondVerifier {
    private static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        Bad(String why) {
            super(why);
        }
    }

    private final X509Certificate authority;

    private SecondVerifier(X509Certificate authority) {
        this.authority = authority;
    }

    private static void need(boolean holds, String otherwise) throws Bad {
        if (!holds)
            throw new Bad(otherwise);
    }

    /** The only signature covers every byte but its own value. */
    private static void checkRange(PDSignature signature, byte[] file) throws Bad {
        int[] range = signature.getByteRange();

        need(range.length == 4 && range[0] == 0 && range[2] + range[3] == file.length,
                "the signature does not cover the whole file");
        need(file[range[1]] == '<' && file[range[2] - 1] == '>',
                "what is not covered is not the signature alone");
    }

    /** RFC 5035: the signed attribute names the certificate that signed. */
    private static void checkSigningCertificate(SignerInformation signer,
            X509CertificateHolder certificate) throws Exception {
        Attribute attribute =
                signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);

        need(attribute != null, "no signing-certificate-v2");
        ESSCertIDv2 named = SigningCertificateV2
                .getInstance(attribute.getAttrValues().getObjectAt(0)).getCerts()[0];
        byte[] hash = MessageDigest.getInstance(named.getHashAlgorithm().getAlgorithm().getId(),
                BouncyCastleProvider.PROVIDER_NAME).digest(certificate.getEncoded());
        need(Arrays.equals(hash, named.getCertHash()),
                "signing-certificate-v2 names another certificate");
    }

    private void checkPath(CMSSignedData sealed, X509Certificate signer, Date at) throws Exception {
        List<X509Certificate> others = new ArrayList<>();
        for (X509CertificateHolder other : sealed.getCertificates().getMatches(null))
            others.add(new JcaX509CertificateConverter().getCertificate(other));
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(signer);
        PKIXBuilderParameters parameters =
                new PKIXBuilderParameters(Set.of(new TrustAnchor(authority, null)), target);
        parameters.setRevocationEnabled(false);
        parameters.setDate(at);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
        try {
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (java.security.cert.CertPathBuilderException wrong) {
            throw new Bad("the seal's certificate is not of the authority");
        }
        need(signer.getKeyUsage() != null && signer.getKeyUsage()[1],
                "the certificate is not for seals (nonRepudiation)");
    }

    /** RFC 3161: a time stamp, where there is one, is over this signature. */
    private static void checkTimeStamp(SignerInformation signer) throws Exception {
        if (signer.getUnsignedAttributes() == null)
            return;
        Attribute attribute = signer.getUnsignedAttributes()
                .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        if (attribute == null)
            return;
        TimeStampToken token = new TimeStampToken(new CMSSignedData(
                attribute.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded()));
        byte[] hash = MessageDigest
                .getInstance(token.getTimeStampInfo().getMessageImprintAlgOID().getId(),
                        BouncyCastleProvider.PROVIDER_NAME)
                .digest(signer.getSignature());
        need(Arrays.equals(hash, token.getTimeStampInfo().getMessageImprintDigest()),
                "the time stamp is of another signature");
        Collection<X509CertificateHolder> found =
                token.getCertificates().getMatches(token.getSID());
        need(!found.isEmpty(), "the time stamp comes without its certificate");
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(found.iterator().next()));
    }

    private void checkSeal(byte[] content, byte[] cms, Date at) throws Exception {
        CMSSignedData sealed = new CMSSignedData(new CMSProcessableByteArray(content),
                new ByteArrayInputStream(cms));
        Collection<SignerInformation> signers = sealed.getSignerInfos().getSigners();
        need(signers.size() == 1, "not one signer");
        SignerInformation signer = signers.iterator().next();
        Collection<X509CertificateHolder> found =
                sealed.getCertificates().getMatches(signer.getSID());
        need(found.size() == 1, "the signer's certificate is not there");
        X509CertificateHolder certificate = found.iterator().next();
        boolean good;
        try {
            good = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
        } catch (org.bouncycastle.cms.CMSException wrong) { // thrown when the digests differ
            throw new Bad("the signature is not of these bytes");
        }
        need(good, "the signature is not of these bytes");
        checkSigningCertificate(signer, certificate);
        checkPath(sealed, new JcaX509CertificateConverter().getCertificate(certificate), at);
        checkTimeStamp(signer);
    }

    private void check(File path) throws Exception {
        byte[] file = Files.readAllBytes(path.toPath());
        PDDocument document;

        try {
            document = PDDocument.loadNonSeq(path, null);
        } catch (java.io.IOException wrong) {
            throw new Bad("no PDF");
        }
        try {
            List<PDSignature> signatures = document.getSignatureDictionaries();
            need(signatures.size() == 1, "not one signature");
            PDSignature signature = signatures.get(0);
            need("ETSI.CAdES.detached".equals(signature.getSubFilter()), "not a PAdES signature");
            checkRange(signature, file);
            checkSeal(signature.getSignedContent(file), signature.getContents(file),
                    signature.getSignDate().getTime());
        } finally {
            document.close();
        }
    }

    public static void main(String[] arguments) throws Exception {
        boolean allGood = true;

        Security.addProvider(new BouncyCastleProvider());
        X509Certificate authority;
        try (FileInputStream pem = new FileInputStream(arguments[0])) {
            authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem);
        }
        SecondVerifier verifier = new SecondVerifier(authority);
        for (int i = 1; i < arguments.length; i++) {
            try {
                verifier.check(new File(arguments[i]));
                System.out.println("good " + arguments[i]);
            } catch (Bad why) {
                System.out.println("bad " + arguments[i] + ": " + why.getMessage());
                allGood = false;
            }
        }
        System.exit(allGood ? 0 : 1);
    }
}
